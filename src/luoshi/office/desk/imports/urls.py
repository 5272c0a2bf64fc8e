"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.imports import acting, giving, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", giving.registers, name="import-registers"),
    path("imports/new/<slug:pack_id>/<slug:register>/", giving.give, name="import-new"),
    path("imports/new/<slug:pack_id>/<slug:register>/template.xlsx", giving.template, name="import-template"),
    path("imports/<int:number>/", views.one, name="import"),
    path("imports/<int:number>/corrected.xlsx", views.corrected, name="import-corrected"),
    path("imports/<int:number>/sheet/", acting.choose, name="import-choose"),
    path("imports/<int:number>/accept/", acting.accept, name="import-accept"),
    path("imports/<int:number>/reject/", acting.reject, name="import-reject"),
    path("imports/<int:number>/cancel/", acting.cancel, name="import-cancel"),
    path("imports/<int:number>/undo/", acting.undo, name="import-undo"),
]
