"""Addresses of the worklist of likely doubles."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.doubles import views

urlpatterns = [
    path("doubles/<slug:pack_id>/", views.double_list, name="doubles"),
    path("doubles/<slug:pack_id>/<slug:register>/search/", views.doubles_search, name="doubles-search"),
    path("doubles/<slug:pack_id>/<slug:register>/<int:number>/", views.double, name="double"),
    path(
        "doubles/<slug:pack_id>/<slug:register>/<int:number>/different/",
        views.double_different,
        name="double-different",
    ),
    path(
        "mergers/<slug:pack_id>/<slug:register>/<int:number>/separate/", views.merger_separate, name="merger-separate"
    ),
]
