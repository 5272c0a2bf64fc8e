"""The page of one case: everything known of it in one place, with the forms of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.office.casework import paying
from luoshi.office.casework.checklist import checklist
from luoshi.office.casework.models import Case, Objection
from luoshi.office.desk.case_words import PAYMENTS, tone
from luoshi.office.desk.casework.calling import called, step_of
from luoshi.office.desk.casework.claims import findings_about
from luoshi.office.desk.casework.complaints import About
from luoshi.office.desk.casework.course import course
from luoshi.office.desk.casework.forms import AnswerForm, LetterForm, ObjectionForm, PaperForm, TalkForm
from luoshi.office.desk.casework.known import Known, know
from luoshi.office.desk.casework.letters import letters_of, office_of
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.casework.tasks import Desk
from luoshi.office.notices.models import yuan
from luoshi.office.treasury.queries import list_payments_of

Bound = Mapping[str, forms.Form]


def desk_of(known: Known, bound: Bound | None = None, *, claims: Any = None) -> Desk:
    """The desk at which somebody looks at a case."""
    seat, case = known.seat, known.case
    if claims is None:
        claims = known.claims_maker.views(known.claims, known.decisions)
    words = called(seat, [case])[case.id]
    return Desk(seat, case, known.pack, known.procedure, known.teller, known.votes, claims, words, bound or {})


def case_page(
    request: HttpRequest, seat: Seat, case: Case, bound: Bound | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page; `bound` are forms that could not be taken, `problem` what could not be done."""
    known, bound = know(seat, case), bound or {}
    made = known.claims_maker
    views = made.views(known.claims, known.decisions)
    desk = desk_of(known, bound, claims=views)
    about = About(known.pack, case.procedure, seat.lang)
    facts: dict[str, Any] = {
        "seat": seat, "case": case, "called": desk.called, "problem": problem, "tone": tone(case.state),
        "reading": {"pack": known.pack, "query": ""}, "procedure": known.procedure,
        "cited": made.report.cited(known.procedure.clause),
        "course": course(known.pack, known.procedure, case, known.tasks, seat.lang),
        "claims": views, "decisions": [made.decision(one) for one in known.decisions if one.claim_id is None],
        "own": desk.own(known.tasks), "others": desk.others(known.tasks),
        "findings": findings_about(seat, known.pack, case, known.claims),
        "events": known.teller.events(case, known.votes), "people": known.people,
        "payments": [(one, yuan(one.amount), PAYMENTS.get(one.state, one.state), tone(one.state))
                     for one in list_payments_of(paying.reference(case))],
        "messages_said": known.messages, "talk": bound.get("talk") or TalkForm(prefix="talk"),
        "objections": _objections(known, bound), "contest": bound.get("contest") or ObjectionForm(prefix="contest"),
        "letters": letters_of(seat, known),
        "letter_form": bound.get("letter") or LetterForm(prefix="letter", initial={"office": office_of(known)}),
        "draft": Case.State.DRAFT,
    }  # fmt: skip
    facts |= _papers(known, desk, about) | _rights(known)
    return render(request, "desk/casework/case.html", facts, status=status)


def _papers(known: Known, desk: Desk, about: About) -> dict[str, Any]:
    """The checklist of the step, and whatever else was brought."""
    case = known.case
    own = [task for task in known.tasks if task.is_open and known.seat.works_at(task) and not task.repeats]
    step = step_of(known.procedure, own[0].step if own else case.step)
    items = [(item, item.words.say(known.seat.lang)) for item in checklist(case, known.pack, step)]
    shown = {item.id for item, _words in items}
    others = [(paper, about.item(paper.item)) for paper in known.papers if paper.item not in shown]
    return {"items": items, "other_papers": others, "paper_form": PaperForm()}


def _objections(known: Known, bound: Bound) -> list[tuple[Objection, str, forms.Form | None]]:
    """The objections, each with who made it, and the form of an answer for who may give one."""
    decided = {vote.person for vote in known.votes if vote.act in ("check", "decide", "review")}
    may = known.seat.is_hand and known.seat.actor.name not in decided
    found = []
    for one in known.objections:
        prefix = f"objection-{one.id}"
        form = bound.get(prefix) or AnswerForm(prefix=prefix)
        is_open = one.state == Objection.State.OPEN
        found.append((one, known.people.get(one.answered_by, one.answered_by), form if is_open and may else None))
    return found


def _rights(known: Known) -> dict[str, Any]:
    """What the person may do besides their tasks."""
    case, seat = known.case, known.seat
    is_draft = case.state == Case.State.DRAFT
    return {
        "may_bring": seat.is_hand and case.is_open,
        "may_talk": seat.is_hand and not is_draft,
        "may_withdraw": seat.takes_in and case.state == Case.State.RUNNING and not case.end,
        "may_contest": seat.takes_in and bool(known.decisions),
        "may_discard": is_draft and case.opened_by == seat.actor.name,
    }
