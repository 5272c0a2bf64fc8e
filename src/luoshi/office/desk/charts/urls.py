"""Addresses of the pages of charts."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.charts import views

urlpatterns = [
    path("charts/<slug:pack_id>/", views.charts, name="charts"),
    path("charts/<slug:pack_id>/<slug:number>/", views.charts, name="document-charts"),
]
