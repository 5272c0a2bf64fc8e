"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.printing import views

urlpatterns = [
    path("print/<slug:form>/documents/<slug:pack_id>/<slug:number>/", views.document, name="print-document"),
    path("print/<slug:form>/measures/<slug:pack_id>/<slug:measure_id>/", views.measure, name="print-measure"),
    path(
        "print/<slug:form>/subjects/<slug:pack_id>/<slug:register>/<str:row_id>/", views.subject, name="print-subject"
    ),
]
