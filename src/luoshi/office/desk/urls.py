"""Addresses of the officials' site."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from luoshi.office.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", set_language, name="set_language"),
    path("documents/<slug:pack_id>/<slug:number>/", views.document, name="document"),
    path("documents/<slug:pack_id>/measures/<slug:measure_id>/", views.measure, name="measure"),
]
