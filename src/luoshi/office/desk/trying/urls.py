"""The address of the page on which a change is tried."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.trying import views

urlpatterns = [
    path("documents/<slug:pack_id>/<slug:register>/<str:row_id>/try/", views.trying, name="trying"),
]
