"""Objections and appeals of the one concerned: answered by somebody else than those who decided."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.casework import paying
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.flow import Move
from luoshi.office.casework.models import Case, Claim, Message, Objection, Vote
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import go, hold, record
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import HANDS, Actor


@transaction.atomic
def contest(case: Case, kind: Objection.Kind, text: str, at: Moment) -> Objection:
    """The one concerned does not accept what was decided. `CaseError`: nothing was decided yet (`undecided`), no words
    or too many (`blank`, `long`), one of the kind is open already (`open`)."""
    held, words = hold(case), text.strip()
    if not held.decisions.exists():
        raise CaseError("undecided", number=case.number)
    if not words or len(words) > Message.LONGEST:
        raise CaseError("long" if words else "blank", most=Message.LONGEST)
    try:
        with transaction.atomic():
            found = Objection.objects.create(case=held, kind=kind, text=words, by=at.by, at=at.now, visit=held.visit)
    except IntegrityError:
        raise CaseError("open", sort=str(kind)) from None
    record("case.contest", held, at, kind=str(kind))
    return found


@transaction.atomic
def answer(objection: Objection, *, upheld: bool, words: str, actor: Actor, at: Moment) -> Objection:
    """The objection is answered with reasons; upheld, the case is decided anew and money not yet paid is free again.

    `CaseError`: whoever decided does not answer (`hand`), nor whoever has no desk over the case (`desk`); no words
    (`blank`). Answered before: nothing changes.
    """
    case = hold(objection.case)
    found = Objection.objects.select_for_update().get(pk=objection.pk)
    if found.state != Objection.State.OPEN:
        return found
    if actor.role not in HANDS or not case.area.startswith(actor.area):
        raise CaseError("desk", office="")
    hands = Vote.objects.filter(case=case, act__in=("check", "decide", "review"))
    if is_same_person(actor.name, *hands.values_list("person", flat=True)):
        raise CaseError("hand", person=actor.name)
    if not words.strip():
        raise CaseError("blank")
    found.state = Objection.State.UPHELD if upheld else Objection.State.REJECTED
    found.answer, found.answered_by, found.answered_at = words.strip(), at.by, at.now
    found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record("case.answer", case, at, state=str(found.state))
    if upheld:
        _decide_anew(case, at)
    return found


def _decide_anew(case: Case, at: Moment) -> None:
    """The case stands before its decision again, unless money for it has been paid: that is demanded back first."""
    claims = case.claims.filter(state__in=(Claim.State.GRANTED, Claim.State.REFUSED))
    if claims.exclude(paid_on=None).exists():
        raise CaseError("paid", number=case.number)
    paying.release(case, case.number, at)
    claims.update(state=Claim.State.ASKED, amount=None)
    case.tasks.filter(finished_at=None).update(result="dropped", finished_at=at.now, finished_on=at.today)
    case.state, case.ended_on = Case.State.RUNNING, None
    case.save(update_fields=["state", "ended_on"])
    pack = pack_of(case)
    decides = pack.procedures[case.procedure].list_by_act("decide", "review")
    go(case, pack, Move(decides[0], back=True), at)
