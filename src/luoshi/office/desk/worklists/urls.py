"""Addresses of the worklists."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.worklists import entitled_views, finding_views, landing, missing_views

OF = "worklists/<slug:pack_id>"
THING = f"{OF}/missing/<slug:kind>/<slug:register>/<slug:name>"
FINDING = f"{OF}/findings/<int:number>"

urlpatterns = [
    path("worklists/", landing.worklists, name="worklists"),
    path(f"{OF}/entitled/", entitled_views.entitled, name="entitled"),
    path(f"{OF}/entitled/visits.xlsx", entitled_views.visits, name="entitled-visits"),
    path(f"{OF}/entitled/<slug:measure_id>/", entitled_views.measure, name="entitled-measure"),
    path(f"{OF}/entitled/<slug:measure_id>/notice/", entitled_views.notice, name="entitled-notice"),
    path(f"{OF}/entitled/<slug:measure_id>/<int:row_id>/", entitled_views.contact, name="entitled-contact"),
    path(f"{OF}/missing/", missing_views.missing, name="missing"),
    path(f"{THING}/", missing_views.rows, name="missing-rows"),
    path(f"{THING}/sheet.xlsx", missing_views.sheet, name="missing-sheet"),
    path(f"{OF}/findings/", finding_views.findings, name="findings"),
    path(f"{FINDING}/", finding_views.finding, name="finding"),
    path(f"{FINDING}/handle/", finding_views.handle, name="finding-handle"),
    path(f"{FINDING}/check/", finding_views.check, name="finding-check"),
]
