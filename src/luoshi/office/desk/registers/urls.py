"""Addresses of the pages of the registers."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.registers import export_views, revealing, saving, views

urlpatterns = [
    path("registers/", views.registers, name="registers"),
    path("registers/search/", views.search, name="register-search"),
    path("registers/exports/", export_views.exports, name="exports"),
    path("registers/exports/<int:number>/", export_views.export_file, name="export-file"),
    path("registers/views/<int:number>/rename/", saving.view_rename, name="view-rename"),
    path("registers/views/<int:number>/delete/", saving.view_delete, name="view-delete"),
    path("registers/<slug:pack_id>/", views.registers_of, name="registers-of"),
    path("registers/<slug:pack_id>/<slug:register>/", views.register, name="register"),
    path("registers/<slug:pack_id>/<slug:register>/pick/", views.pick, name="register-pick"),
    path("registers/<slug:pack_id>/<slug:register>/views/", saving.view_save, name="view-save"),
    path("registers/<slug:pack_id>/<slug:register>/export/", export_views.export, name="export"),
    path(
        "registers/<slug:pack_id>/<slug:register>/export-unmasked/",
        export_views.export_unmasked,
        name="export-unmasked",
    ),
    path(
        "registers/<slug:pack_id>/<slug:register>/<str:row_id>/<slug:column>/reveal/", revealing.reveal, name="reveal"
    ),
]
