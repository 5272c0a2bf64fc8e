"""The addresses of the service."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.config import health

urlpatterns = [
    path("healthz", health.healthy, name="health"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("luoshi.office.portal.urls")),
    path("", include("luoshi.office.desk.urls")),
]
