"""The papers of a case: what is asked for, what was brought, what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from luoshi.office.attachments.models import Attachment
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Paper
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import record
from luoshi.office.casework.recommending import pack_of
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Pack

CHECKED = frozenset({"check", "decide", "review"})
"""Acts that rest on what the claimant has to prove."""


@dataclass(frozen=True)
class Item:
    """One paper that is asked for, in the words of the policy, and those that were brought for it."""

    id: str
    words: Bilingual
    papers: tuple[Paper, ...]


def checklist(case: Case, pack: Pack, step: ProcedureStep | None = None) -> list[Item]:
    """What the claimed measures ask for, and with a step what that step does; what was brought for each."""
    papers = list(case.papers.filter(withdrawn_at=None).select_related("file").order_by("id"))
    asked = dict(_asked(case, pack, step))
    return [Item(name, words, tuple(one for one in papers if one.item == name)) for name, words in asked.items()]


def lacking(case: Case, step: ProcedureStep) -> list[str]:
    """What is asked for at a step and not there, by its id: for an act that rests on proof, that of the measures too.

    Nobody is kept from applying because a paper is not at hand: whoever checks says at once all that is lacking.
    """
    if step.act == "apply":
        return []
    asked = checklist(case, pack_of(case), step)
    return [item.id for item in asked if not item.papers and (step.act in CHECKED or item.id.startswith("step:"))]


@transaction.atomic
def bring(case: Case, item: str, file: Attachment | None, at: Moment) -> Paper:
    """A paper is there; without a file, somebody has seen the original. The same again is the one that is there.

    `CaseError` (`item`) for something nobody asks for, (`ended`) when the case is at its end.
    """
    pack = pack_of(case)
    if not case.is_open:
        raise CaseError("ended", number=case.number)
    known = {name for step in pack.procedures[case.procedure].steps for name, _ in _asked(case, pack, step)}
    if item and item not in known:
        raise CaseError("item", item=item)
    paper, new = Paper.objects.get_or_create(
        case=case, item=item, file=file, by=at.by, withdrawn_at=None, defaults={"at": at.now}
    )
    if new:
        record("case.paper", case, at, item=item)
    return paper


@transaction.atomic
def take_back(paper: Paper, at: Moment) -> None:
    """A paper counts no more; it stays on record. Once it was filed, only officials may say so."""
    there = Paper.objects.filter(pk=paper.pk, withdrawn_at=None)
    if there.update(withdrawn_by=at.by, withdrawn_at=at.now):
        record("case.paper-back", paper.case, at, item=paper.item)


def _asked(case: Case, pack: Pack, step: ProcedureStep | None) -> Iterator[tuple[str, Bilingual]]:
    for claim in case.claims.order_by("id"):
        for place, words in enumerate(pack.measures[claim.measure].evidence):
            yield f"measure:{claim.measure}:{place}", words
    for place, words in enumerate(step.evidence if step else ()):
        yield f"step:{step.id if step else ''}:{place}", words
