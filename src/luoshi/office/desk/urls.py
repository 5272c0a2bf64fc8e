"""Addresses of the officials' site."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from luoshi.office.desk import entrance, sessions, subject_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", entrance.SignIn.as_view(), name="sign-in"),
    path("sign-out/", entrance.SignOut.as_view(), name="sign-out"),
    path("second-factor/", entrance.SecondFactor.as_view(), name="second-factor"),
    path("second-factor/enrol/", entrance.Enrolment.as_view(), name="second-factor-enrol"),
    path("password/", sessions.Password.as_view(), name="password"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:number>/end/", sessions.session_end, name="session-end"),
    path("sessions/end-others/", sessions.sessions_end_others, name="sessions-end-others"),
    path("language/", set_language, name="set_language"),
    path("documents/<slug:pack_id>/<slug:number>/", views.document, name="document"),
    path("documents/<slug:pack_id>/measures/<slug:measure_id>/", views.measure, name="measure"),
    path(
        "documents/<slug:pack_id>/measures/<slug:measure_id>/<slug:outcome>/", subject_views.subjects, name="subjects"
    ),
    path("documents/<slug:pack_id>/<slug:register>/<str:row_id>/", subject_views.subject, name="subject"),
]
