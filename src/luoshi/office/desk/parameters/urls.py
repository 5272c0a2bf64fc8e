"""Addresses of what localities set themselves."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.parameters import setting_views, value_views, views

urlpatterns = [
    path("parameters/", views.packs, name="parameters"),
    path("parameters/<slug:pack_id>/", views.entries, name="parameters-of"),
    path("parameters/<slug:pack_id>/<slug:name>/", views.entry, name="parameter"),
    path("parameters/<slug:pack_id>/<slug:name>/set/", setting_views.set_value, name="parameter-set"),
    path("parameters/<slug:pack_id>/<slug:name>/end/", setting_views.end_value, name="parameter-end"),
    path("local-values/<int:number>/", value_views.value, name="local-value"),
    path("local-values/<int:number>/progress/", value_views.progress, name="local-value-progress"),
    path("local-values/<int:number>/<slug:step>/", value_views.step, name="local-value-step"),
]
