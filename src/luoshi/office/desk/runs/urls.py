"""Addresses of runs."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.runs import views

urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs/ask/", views.ask, name="run-ask"),
    path("runs/<int:number>/", views.run, name="run"),
    path("runs/<int:number>/progress/", views.progress, name="run-progress"),
    path("runs/<int:number>/cancel/", views.cancel, name="run-cancel"),
]
