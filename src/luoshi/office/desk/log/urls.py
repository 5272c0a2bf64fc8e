"""Addresses of the event log."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.log import views

urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/export/", views.log_export, name="log-export"),
    path("log/verify/", views.log_verify, name="log-verify"),
]
