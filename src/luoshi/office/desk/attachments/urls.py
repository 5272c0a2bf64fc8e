"""Addresses of uploaded files."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.attachments import views

urlpatterns = [path("attachments/<int:number>/", views.attachment, name="attachment")]
