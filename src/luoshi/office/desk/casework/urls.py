"""Addresses of cases and certificates."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.casework import (
    act_views,
    case_views,
    certificate_views,
    paper_views,
    queue_views,
    taking_views,
    together_views,
)

NEW = "cases/new/<slug:pack_id>/<slug:procedure>/"
CASE = "cases/<str:number>/"
TASK = f"{CASE}tasks/<int:task>/"

urlpatterns = [
    path("cases/", queue_views.queue, name="cases"),
    path("cases/all/", queue_views.area_cases, name="cases-all"),
    path("cases/drafts/", queue_views.own_drafts, name="cases-drafts"),
    path("cases/together/", together_views.together, name="cases-together"),
    path("cases/together/do/", together_views.done_together, name="cases-together-do"),
    path("cases/together/result/", together_views.result, name="cases-together-result"),
    path("cases/new/", taking_views.start, name="case-new"),
    path(NEW, taking_views.subject, name="case-subject"),
    path(f"{NEW}<slug:register>/<str:row_id>/", taking_views.claim, name="case-claim"),
    path(CASE, case_views.case, name="case"),
    path(f"{CASE}talk/", act_views.talked, name="case-talk"),
    path(f"{CASE}contest/", act_views.contested, name="case-contest"),
    path(f"{CASE}objections/<int:objection>/", act_views.answered, name="case-answer"),
    path(f"{CASE}withdraw/", act_views.withdrawn, name="case-withdraw"),
    path(f"{CASE}discard/", act_views.discarded, name="case-discard"),
    path(f"{CASE}papers/", paper_views.brought, name="case-paper"),
    path(f"{CASE}papers/<int:paper>/back/", paper_views.taken_back, name="case-paper-back"),
    path(f"{CASE}letters/<slug:kind>/", paper_views.letter_issued, name="case-letter-issue"),
    path(f"{CASE}letters/<slug:kind>/<slug:form>/", paper_views.letter_draft, name="case-letter"),
    path(TASK, act_views.done, name="case-task"),
    path(f"{TASK}holder/", act_views.handed_over, name="case-task-holder"),
    path(f"{TASK}pause/", act_views.paused, name="case-task-pause"),
    path(f"{TASK}go-on/", act_views.gone_on, name="case-task-go-on"),
    path("certificates/", certificate_views.certificates, name="certificates"),
    path("certificates/<int:number>/", certificate_views.certificate, name="certificate"),
]
