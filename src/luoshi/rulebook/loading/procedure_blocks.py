"""Blocks of procedures: what each step asks, of whom, and where it leads."""

from __future__ import annotations

from collections import Counter

from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.administration import NoticeShape, ProcedureShape, StepShape
from luoshi.rulebook.loading.simple_blocks import text_or_none
from luoshi.rulebook.model.administration import KINDS_WITH_CASES, Notice, Procedure, ProcedureStep, Review
from luoshi.rulebook.model.build import Mismatch

DECIDING = frozenset({"decide", "review"})


def make_procedure(entry: Entry, shape: ProcedureShape, names: Names) -> Procedure:
    """A procedure. A step that does not say whether the text states it is like the procedure."""
    twice = [name for name, count in Counter(step.id for step in shape.steps).items() if count > 1]
    if twice:
        raise Mismatch("PACK-055", name=entry.id, step=", ".join(twice), path=("steps",))
    for register in shape.registers:
        names.register(register)
    for index in range(len(shape.steps)):
        _check(shape, index)
    return Procedure(
        entry.id,
        shape.title.text(),
        entry.place,
        steps=tuple(_step(step, shape.stated) for step in shape.steps),
        review=text_or_none(shape.review),
        stated=shape.stated,
        kind=shape.kind,
        registers=tuple(shape.registers),
        review_of=_review(shape),
    )


def _check(shape: ProcedureShape, index: int) -> None:
    """A step says all that its act and its place ask for."""
    step, before = shape.steps[index], shape.steps[:index]
    path, known = ("steps", index), [item.id for item in before]
    if shape.kind in KINDS_WITH_CASES and (step.act is None or not step.by):
        raise Mismatch("PACK-057", step=step.id, key="act" if step.act is None else "by", path=path)
    if step.sends_back_to is not None and step.sends_back_to not in known:
        raise Mismatch("PACK-058", step=step.id, seen=step.sends_back_to, known=known, path=(*path, "sends_back_to"))
    if step.act == "notice" and step.notice is None:
        raise Mismatch("PACK-059", step=step.id, path=path)
    if step.end is not None and not any(item.act in DECIDING for item in before):
        raise Mismatch("PACK-064", step=step.id, seen=step.end, path=(*path, "end"))


def _step(shape: StepShape, stated: bool) -> ProcedureStep:
    return ProcedureStep(
        shape.id,
        shape.actor.text(),
        shape.does.text(),
        evidence=tuple(both.text() for both in shape.evidence),
        within=shape.within,
        days=shape.days,
        notice=_notice(shape.notice),
        stated=stated if shape.stated is None else shape.stated,
        act=shape.act,
        by=tuple(shape.by),
        any_of=shape.any_of,
        sends_back_to=shape.sends_back_to,
        end=shape.end,
        every=shape.every,
        after=tuple(shape.after),
        enters=dict(shape.enters),
        enters_when=shape.enters_when,
    )


def _notice(shape: NoticeShape | None) -> Notice | None:
    return Notice(shape.days, shape.kind, shape.names) if shape else None


def _review(shape: ProcedureShape) -> Review | None:
    if shape.review_of is None or shape.review_every is None:
        return None
    return Review(shape.review_of, shape.review_every, tuple(shape.review_ends))
