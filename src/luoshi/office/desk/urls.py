"""Addresses of the officials' site."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from luoshi.office.desk import duty_views, entrance, sessions, subject_views, views

urlpatterns = [
    path("", include("luoshi.office.desk.library.urls")),
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
    path("", include("luoshi.office.desk.charts.urls")),
    path("", include("luoshi.office.desk.printing.urls")),
    path("documents/<slug:pack_id>/<slug:number>/", views.document, name="document"),
    path("documents/<slug:pack_id>/measures/<slug:measure_id>/", views.measure, name="measure"),
    path(
        "documents/<slug:pack_id>/measures/<slug:measure_id>/<slug:outcome>/", subject_views.subjects, name="subjects"
    ),
    path("documents/<slug:pack_id>/duties/<slug:duty_id>/", duty_views.duty, name="duty"),
    path("documents/<slug:pack_id>/duties/<slug:duty_id>/<slug:state>/", duty_views.duty_rows, name="duty-rows"),
    path("documents/<slug:pack_id>/<slug:register>/<str:row_id>/", subject_views.subject, name="subject"),
    path("", include("luoshi.office.desk.attachments.urls")),
    path("", include("luoshi.office.desk.parameters.urls")),
    path("", include("luoshi.office.desk.runs.urls")),
    path("", include("luoshi.office.desk.imports.urls")),
    path("", include("luoshi.office.desk.trying.urls")),
    path("", include("luoshi.office.desk.worklists.urls")),
    path("", include("luoshi.office.desk.notices.urls")),
    path("", include("luoshi.office.desk.registers.urls")),
    path("", include("luoshi.office.desk.rows.urls")),
    path("", include("luoshi.office.desk.conflicts.urls")),
    path("", include("luoshi.office.desk.doubles.urls")),
    path("", include("luoshi.office.desk.awards.urls")),
    path("", include("luoshi.office.desk.people.urls")),
    path("", include("luoshi.office.desk.sheets.urls")),
    path("", include("luoshi.office.desk.log.urls")),
    path("", include("luoshi.office.desk.treasury.urls")),
    path("", include("luoshi.office.desk.applicants.urls")),
    path("", include("luoshi.office.desk.letters.urls")),
    path("", include("luoshi.office.desk.casework.urls")),
]
