"""Proving an edition before it is activated: is it sound, do its examples come out, would it fit here, what would it
come to?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from luoshi.office.editions import actions, fitting, looking, queries
from luoshi.office.editions.actions import Found
from luoshi.office.editions.models import Edition
from luoshi.office.runs import library, local, trial
from luoshi.office.runs.actions import adopted
from luoshi.office.runs.models import Installed
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.simulating import Side
from luoshi.rulebook.values.area_code import LENGTHS

State = Edition.State
GONE = "CASE-004"
"""A value whose name a pack does not have: nothing can rest on it."""


def prove(edition_id: int, today: date) -> None:
    """Look at an edition and keep what was found. One that was withdrawn, or looked at already, is left as it is."""
    edition = actions.begin_look(edition_id)
    if edition is None:
        return
    try:
        actions.end_look(edition, _found(edition, today))
    except BaseException:
        actions.break_off(edition)
        raise


def packs_beside(pack: Pack, today: date) -> Iterator[Pack]:
    """The packs that decide here today or will, but for other editions of this one; then this one."""
    for other in Installed.objects.exclude(pack_id=pack.policy.id):
        yield library.pack(other.pack_id, today)
    for term in queries.coming_after(today):
        if term.pack_id != pack.policy.id:
            yield library.pack(term.pack_id, term.start)
    yield pack


def misfits(pack: Pack) -> list[dict[str, Any]]:
    """The values set by localities that this pack would not allow, as values of JSON."""
    problems = [each for found in local.held(pack).problems.values() for each in found if each.code != GONE]
    return [
        {"kind": "local", "register": "", "column": found["file"], "told": found["zh"], "told_en": found["en"]}
        for found in looking.worded(problems)
    ]


def _found(edition: Edition, today: date) -> Found:
    pack, findings = looking.load(queries.folder_of(edition.id, edition.digest))
    if pack is None:
        return Found(State.FAULTY, findings, {}, [], None)
    actions.tell(edition, "examples", 0, len(pack.examples))
    examples = looking.try_examples(pack, lambda done, steps: actions.tell(edition, "examples", done, steps))
    actions.tell(edition, "registers")
    slim = library.of_edition(edition)
    obstacles = fitting.obstacles(list(packs_beside(slim, today))) + misfits(slim)
    if findings or examples["bad"]:
        return Found(State.FAULTY, findings, examples, obstacles, None)
    tried = _tried(edition, slim)
    state = State.FAULTY if obstacles else State.SIMULATED if tried else State.CHECKED
    return Found(state, findings, examples, obstacles, tried)


def _tried(edition: Edition, pack: Pack) -> dict[str, Any] | None:
    """What the edition would come to on the newest snapshot, both sides as if in force; None without a snapshot."""
    actions.tell(edition, "trial")
    try:
        base = trial.find_base(pack.policy.id)
    except Refused:
        return None
    if base is None:
        return None
    run, before = base
    installed = Installed.objects.filter(pack_id=pack.policy.id).first()
    unfit = local.held(pack).unfit
    values = tuple(value for value in local.held(pack, run.on).values if value.name not in unfit)
    after = Side(adopted(pack, installed), run.on, values)

    def told(done: int, steps: int, label: str) -> None:
        actions.tell(edition, "trial", done, steps)

    return trial.attempt(run, _held(before), _held(after), level=_level(pack), progress=told).as_json()


def _held(side: Side) -> Side:
    """The side, decided as if it were in force where it is not on the day: what it says is what is to be compared."""
    return replace(side, as_if_in_force=not side.pack.policy.in_force(side.on))


def _level(pack: Pack) -> str:
    """The level below that of the policy's own area."""
    held = len(pack.policy.jurisdiction or "")
    return next((level for level, length in LENGTHS.items() if length > held), "village")
