"""One's own case on a page: where it stands, what was decided and why, what one can do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.casework import queries
from luoshi.office.casework.checklist import checklist
from luoshi.office.casework.models import Case, Claim, Decision, Objection, Task
from luoshi.office.desk.casework.course import course
from luoshi.office.desk.wording import money
from luoshi.office.notices.queries import find_by_key
from luoshi.office.portal.cases.own import Held


@dataclass(frozen=True)
class ClaimSeen:
    """What was claimed and what came of it, with the reasons of a refusal."""

    title: str
    state: str
    words: str
    amount: str
    paid_on: date | None
    reason: str
    decided_on: date | None


def page(held: Held, lang: str) -> dict[str, Any]:
    """Everything that the page of a case shows."""
    case, pack = held.case, held.pack
    procedure, tasks = pack.procedures[case.procedure], queries.tasks_of(case)
    task, decisions = own_task(case), {one.claim_id: one for one in reversed(queries.decisions_of(case))}
    step = next((one for one in procedure.steps if task is not None and one.id == task.step), None)
    notices = (find_by_key(each.notice) for each in tasks if each.notice)
    return {
        "case": case,
        "title": procedure.title.say(lang),
        "claims": [_claim(held, claim, decisions.get(claim.id), lang) for claim in queries.claims_of(case)],
        "verdict": decisions.get(None),
        "stops": course(pack, procedure, case, tasks, lang),
        "task": task,
        "sent_back": _sent_back(case) if task is not None and task.visit > 1 else "",
        "items": [(item, item.words.say(lang)) for item in checklist(case, pack, step)],
        "papers": case.papers.filter(item="", withdrawn_at=None).select_related("file"),
        "talk": [one for one in case.messages.order_by("id") if one.from_claimant or one.for_claimant],
        "objections": case.objections.order_by("id"),
        "may_contest": bool(decisions) and not case.objections.filter(state=Objection.State.OPEN).exists(),
        "may_withdraw": case.state == Case.State.DRAFT or (case.state == Case.State.RUNNING and not case.end),
        "notices": [one for one in notices if one is not None and one.first_day <= held.at.today < one.end],
    }


def own_task(case: Case) -> Task | None:
    """What the one concerned has to hand in now."""
    return case.tasks.filter(act="apply", by_claimant=True, finished_at=None).order_by("id").first()


def _claim(held: Held, claim: Claim, decision: Decision | None, lang: str) -> ClaimSeen:
    amount = money(claim.amount, lang) if claim.amount is not None else None
    is_paid = claim.paid_on is not None
    return ClaimSeen(
        title=held.pack.measures[claim.measure].title.say(lang),
        state=claim.state,
        words=_("已付") if is_paid else str(claim.get_state_display()),
        amount=f"{amount.digits} {amount.unit}" if amount is not None else "",
        paid_on=claim.paid_on,
        reason=decision.reason if decision is not None and claim.state == Claim.State.REFUSED else "",
        decided_on=decision.decided_on if decision is not None else None,
    )


def _sent_back(case: Case) -> str:
    """Why the case was last sent back, in the words of the office."""
    found = case.votes.filter(result__in=("sent_back", "upheld")).order_by("-id").first()
    return found.reason if found is not None else ""
