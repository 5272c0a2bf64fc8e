"""Addresses of one's own cases, below those of the public site."""

from __future__ import annotations

from django.urls import path

from luoshi.office.portal.cases import applying, views

urlpatterns = [
    path("cases/", views.cases, name="portal-cases"),
    path("cases/<str:number>/", views.case, name="portal-case"),
    path("cases/<str:number>/submit/", views.submit, name="portal-case-submit"),
    path("cases/<str:number>/take-away/", views.take_away, name="portal-case-take-away"),
    path("cases/<str:number>/paper/", views.paper, name="portal-case-paper"),
    path("cases/<str:number>/paper/<int:paper_id>/back/", views.paper_back, name="portal-case-paper-back"),
    path("cases/<str:number>/message/", views.message, name="portal-case-message"),
    path("cases/<str:number>/objection/", views.objection, name="portal-case-objection"),
    path(
        "mine/<slug:pack_id>/<slug:register>/<int:row_id>/apply/<slug:procedure_id>/",
        applying.apply,
        name="portal-apply",
    ),
]
