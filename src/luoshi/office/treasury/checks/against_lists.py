"""Checks against lists of people that other offices give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.db.models import Q

from luoshi.office.treasury.checks import naming
from luoshi.office.treasury.checks.of_lines import Found
from luoshi.office.treasury.models import Batch, Commitment, Line, ListedPerson, Payee, PersonList


def newest(kind: str, area: str) -> PersonList | None:
    """The newest list of a kind that covers the whole area; None where there is none."""
    lists = PersonList.objects.filter(kind=kind).order_by("-as_of", "-id")
    return next((each for each in lists if area.startswith(each.area)), None)


def listed(kind: str, batch: Batch, lines: Sequence[Line]) -> Found:
    """Lines whose subject or payee stands on the newest list of a kind."""
    of = newest(kind, batch.area)
    if of is None:
        return "", []
    numbers = {
        line.id: {bytes(each) for each in (line.commitment.subject_index, line.payee.id_index) if each is not None}
        for line in lines
    }
    subjects = Commitment.objects.filter(lines__batch=batch).exclude(subject_index=None).values("subject_index")
    payees = Payee.objects.filter(line__batch=batch).exclude(id_index=None).values("id_index")
    named = ListedPerson.objects.filter(Q(id_index__in=subjects) | Q(id_index__in=payees), list=of)
    on_it = named.values_list("id_index", flat=True)
    there = {bytes(each) for each in on_it}
    source = f"{of.source} {of.as_of}"
    return source, [(line, source) for line, known in numbers.items() if known & there]


CHECKS: Mapping[str, Callable[[Batch, Sequence[Line]], Found]] = {kind: partial(listed, kind) for kind in naming.LISTS}
