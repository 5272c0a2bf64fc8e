"""Addresses of the pages on which single rows are written."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.rows import views

urlpatterns = [
    path("rows/<slug:pack_id>/<slug:register>/add/", views.add, name="row-add"),
    path("rows/<slug:pack_id>/<slug:register>/<str:row_id>/correct/", views.correct, name="row-correct"),
    path("rows/<slug:pack_id>/<slug:register>/<str:row_id>/restore/<int:version>/", views.restore, name="row-restore"),
]
