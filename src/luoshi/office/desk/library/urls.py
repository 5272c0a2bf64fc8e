"""Addresses of the policy library."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.library import acts, views

_EDITION = "library/<slug:pack_id>/<int:number>/"

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/upload/", acts.library_upload, name="library-upload"),
    path(_EDITION, views.edition, name="edition"),
    path(f"{_EDITION}again/", acts.edition_again, name="edition-again"),
    path(f"{_EDITION}activate/", acts.edition_activate, name="edition-activate"),
    path(f"{_EDITION}withdraw/", acts.edition_withdraw, name="edition-withdraw"),
    path(f"{_EDITION}download/", views.edition_download, name="edition-download"),
    path(f"{_EDITION}difference/<int:other>/", views.edition_difference, name="edition-difference"),
    path(f"{_EDITION}text/<str:document>/", views.edition_text, name="edition-text"),
]
