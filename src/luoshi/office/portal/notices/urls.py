"""Addresses of public notices, below those of the public site."""

from __future__ import annotations

from django.urls import path

from luoshi.office.portal.notices import objection_views, views

urlpatterns = [
    path("notices/", views.notices, name="portal-notices"),
    path("notices/<int:number>/", views.notice, name="portal-notice"),
    path("notices/<int:number>/object/", objection_views.object_to, name="portal-objection"),
    path("notices/<int:number>/objections/<slug:receipt>/", objection_views.made, name="portal-objection-made"),
    path("objections/", objection_views.answer, name="portal-answer"),
]
