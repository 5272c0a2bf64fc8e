"""Addresses of letters."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.letters import acts, issued, views

_KIND = "letters/kinds/<slug:kind>/"
_TEMPLATE = "letters/templates/<int:number>/"
_LETTER = "letters/issued/<int:number>/"

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path(_KIND, views.letter_kind, name="letter-kind"),
    path(f"{_KIND}sample/<slug:form>/", views.letter_sample, name="letter-sample"),
    path(f"{_KIND}default/", views.letter_default, name="letter-default"),
    path(f"{_KIND}upload/", acts.letter_template_upload, name="letter-template-upload"),
    path(f"{_KIND}drop/", acts.letter_template_drop, name="letter-template-drop"),
    path(f"{_KIND}series/", acts.letter_series_set, name="letter-series-set"),
    path(_TEMPLATE, views.letter_template, name="letter-template"),
    path(f"{_TEMPLATE}file/", views.letter_template_file, name="letter-template-file"),
    path(f"{_TEMPLATE}sample/", views.letter_template_sample, name="letter-template-sample"),
    path(f"{_TEMPLATE}approve/", acts.letter_template_approve, name="letter-template-approve"),
    path("letters/issued/", issued.letters_issued, name="letters-issued"),
    path("letters/check/", issued.letters_check, name="letters-check"),
    path(_LETTER, issued.letter, name="letter"),
    path(f"{_LETTER}<slug:form>/", issued.letter_file, name="letter-file"),
    path(f"{_LETTER}act/void/", issued.letter_void, name="letter-void"),
]
