"""Addresses of the worklist of conflicts."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.conflicts import views

urlpatterns = [
    path("conflicts/<slug:pack_id>/", views.conflict_list, name="conflicts"),
    path("conflicts/<slug:pack_id>/<slug:register>/settle/", views.conflicts_settle, name="conflicts-settle"),
]
