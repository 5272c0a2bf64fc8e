"""Addresses of public notices."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.notices import objection_views, printing, views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/reception/", views.reception, name="reception"),
    path("notices/<int:number>/", views.notice, name="notice"),
    path("notices/<int:number>/take-down/", views.take_down, name="notice-take-down"),
    path("notices/<int:number>/<slug:form>/", printing.printed, name="notice-print"),
    path("objections/<int:number>/", objection_views.objection, name="objection"),
    path("objections/<int:number>/answer/", objection_views.answer, name="objection-answer"),
]
