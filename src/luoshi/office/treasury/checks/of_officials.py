"""The check that looks at who pays: nobody's own money passes through their hands unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luoshi.office.accounts.models import User
from luoshi.office.treasury.checks.of_lines import HERE, Found
from luoshi.office.treasury.models import Batch, Line

MADE = "made"
"""The step of whoever made the batch, as findings tell it."""


def acted_on(batch: Batch, lines: Sequence[Line], by: str = "") -> Found:
    """Lines whose subject or payee is somebody who made, checked or approved the batch, or is about to (`by`).

    Persons are told apart by their numbers. Where the account or the payee has none, the same name is enough to ask:
    whoever acts on a batch is appointed to its area, so that the area is the same already.
    """
    hands = _hands(batch, by)
    pairs = ((line.id, _step_of(line, hands)) for line in lines) if hands else ()
    return HERE, [(line, step) for line, step in pairs if step]


def _hands(batch: Batch, by: str) -> Mapping[str, User]:
    """Who has acted, by the step. Accounts that are none, as of a service that has acted by itself, are nobody."""
    steps = {MADE: batch.made_by, "checked": batch.checked_by, "approved": batch.approved_by, "acting": by}
    known = {user.username: user for user in User.objects.filter(username__in=filter(None, steps.values()))}
    return {step: known[name] for step, name in steps.items() if name in known}


def _step_of(line: Line, hands: Mapping[str, User]) -> str:
    """The first step that the line's own subject or payee has taken; "" where it is none of theirs."""
    return next((step for step, user in hands.items() if _is_theirs(line, user)), "")


def _is_theirs(line: Line, user: User) -> bool:
    """Whether an official is the subject or the payee of a line, as far as numbers and names tell."""
    payee = line.payee.id_index
    numbers = {bytes(each) for each in (line.commitment.subject_index, payee) if each is not None}
    if user.person in numbers:
        return True
    is_told_apart = user.person is not None and payee is not None
    return not is_told_apart and _plain(line.payee.name) == _plain(user.display_name) != ""


def _plain(name: str) -> str:
    """A name without the blanks that short names are written with."""
    return "".join(name.split())
