"""Addresses of award rounds."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.awards import choice_views, listing_views, nomination_views, panel_views, views

ROUND = "awards/rounds/<int:number>"
NOMINATION = "awards/nominations/<int:number>"

urlpatterns = [
    path("awards/", views.awards, name="awards"),
    path("awards/<slug:pack_id>/open/<slug:measure_id>/", views.open_award, name="award-open"),
    path("awards/<slug:pack_id>/winners/<slug:measure_id>/", listing_views.winners, name="award-winners"),
    path(f"{ROUND}/", views.award_round, name="award-round"),
    path(f"{ROUND}/step/<slug:step>/", views.round_step, name="award-round-step"),
    path(f"{ROUND}/list/<slug:outcome>/", listing_views.listed, name="award-list"),
    path(f"{ROUND}/export.xlsx", listing_views.export, name="award-export"),
    path(f"{ROUND}/nominate/", nomination_views.nominate, name="award-nominate"),
    path(f"{ROUND}/panel/", panel_views.panel, name="award-panel"),
    path(f"{ROUND}/panel/<slug:step>/", panel_views.panel_step, name="award-panel-step"),
    path(f"{ROUND}/choice/", choice_views.choice, name="award-choice"),
    path(f"{ROUND}/choice/<slug:step>/", choice_views.choice_step, name="award-choice-step"),
    path(f"{NOMINATION}/", nomination_views.nomination, name="award-nomination"),
    path(f"{NOMINATION}/<slug:step>/", nomination_views.nomination_step, name="award-nomination-step"),
]
