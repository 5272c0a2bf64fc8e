"""Addresses of the officials' pages about accounts of the public."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.applicants import dealing, opening, views

urlpatterns = [
    path("applicants/", views.applicants, name="applicants"),
    path("applicants/open/", opening.applicant_open, name="applicant-open"),
    path(
        "applicants/open/<slug:pack_id>/<slug:register>/<int:row_id>/",
        dealing.operator_open,
        name="applicant-operator",
    ),
    path("applicants/links/<int:number>/", views.link, name="applicant-link"),
    path("applicants/links/<int:number>/decide/", views.link_decide, name="applicant-link-decide"),
    path("applicants/links/<int:number>/end/", views.link_end, name="applicant-link-end"),
    path("applicants/proxies/<int:number>/begin/", opening.proxy_begin, name="applicant-proxy-begin"),
    path("applicants/proxies/<int:number>/end/", opening.proxy_end, name="applicant-proxy-end"),
]
