"""Addresses of the public site."""

from __future__ import annotations

from django.urls import include, path

from luoshi.office.portal import entry, mine, policy_views
from luoshi.office.portal.interview import views as interview

urlpatterns = [
    path("p/", policy_views.listed, name="portal"),
    path("p/", include("luoshi.office.portal.notices.urls")),
    path("p/", include("luoshi.office.portal.cases.urls")),
    path("p/large/", policy_views.large, name="portal-large"),
    path("p/policies/<slug:pack_id>/<slug:measure_id>/", policy_views.measure, name="portal-measure"),
    path("p/policies/<slug:pack_id>/text/<path:clause_id>/", policy_views.clause, name="portal-clause"),
    path("p/interview/", interview.start, name="portal-interview"),
    path("p/interview/begin/", interview.begin, name="portal-interview-begin"),
    path("p/interview/question/", interview.question, name="portal-question"),
    path("p/interview/outcomes/", interview.outcomes, name="portal-outcomes"),
    path("p/interview/end/", interview.end, name="portal-interview-end"),
    path("p/sign-in/", entry.sign_in, name="portal-sign-in"),
    path("p/sign-in/code/", entry.code, name="portal-code"),
    path("p/sign-out/", entry.sign_out, name="portal-sign-out"),
    path("p/for/<str:ticket>/", entry.hand_over, name="portal-hand-over"),
    path("p/messages/", entry.messages, name="portal-messages"),
    path("p/mine/", mine.mine, name="portal-mine"),
    path("p/mine/link/", mine.link, name="portal-link"),
    path("p/mine/link/<int:number>/end/", mine.link_end, name="portal-link-end"),
    path("p/mine/proxy/<int:number>/end/", mine.proxy_end, name="portal-proxy-end"),
    path("p/mine/<slug:pack_id>/<slug:register>/<int:row_id>/", mine.subject, name="portal-subject"),
]
