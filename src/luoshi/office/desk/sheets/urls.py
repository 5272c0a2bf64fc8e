"""Addresses of periodic sheets and of statements."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.sheets import rolls, sending, statements, views

urlpatterns = [
    path("sheets/", views.sheets, name="sheets"),
    path("sheets/worker.js", sending.worker, name="sheet-worker"),
    path("sheets/<int:number>/", views.sheet, name="sheet"),
    path("sheets/<int:number>/entries/", sending.enter, name="sheet-enter"),
    path("sheets/<int:number>/state/", sending.state, name="sheet-state"),
    path("sheets/<int:number>/hand-in/", views.hand_in, name="sheet-hand-in"),
    path("sheets/<int:number>/send-back/", views.send_back, name="sheet-send-back"),
    path("sheets/<int:number>/confirm/", views.confirm, name="sheet-confirm"),
    path("sheets/<int:number>/history/<int:owner>/", views.history, name="sheet-history"),
    path("sheet-rolls/<slug:pack_id>/<slug:block>/<str:period>/", rolls.roll, name="sheet-roll"),
    path("sheet-rolls/<slug:pack_id>/<slug:block>/<str:period>/commit/", rolls.commit, name="sheet-commit"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<slug:pack_id>/<slug:name>/", statements.statement, name="statement"),
]
