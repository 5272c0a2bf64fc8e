"""One duty: what tells that it was done, how it stands area by area, and the rows that say so or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luoshi.office.desk import numbering
from luoshi.office.desk.charts.choosing import is_closed
from luoshi.office.desk.entries import Entries
from luoshi.office.desk.margin import DutyEntry
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.standing import Standing
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs.models import Run
from luoshi.office.runs.queries import Fulfilled
from luoshi.office.runs.results import NotReadable, told_rows
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import FULFILMENTS

STATES = {word: state for state, word in FULFILMENTS.items()}
MOST = 50


@dataclass(frozen=True)
class AreaRow:
    """How a duty stands in one area; None where no row tells of it."""

    code: str
    name: str
    told: Fulfilled | None


@dataclass(frozen=True)
class DutyView:
    """A duty and where it stands in the policy. `done_when` is the text's word for it.

    `test` is what is looked at, `when` of which rows ("": of all).

    `is_closed`: the document waits for localities to open it, so areas are not set side by side and nobody is listed.
    """

    entry: DutyEntry
    document: str
    anchor: str
    cited: str
    clause: str
    done_when: str
    register: str
    when: str
    test: str
    is_closed: bool
    rows: tuple[AreaRow, ...] = ()


@dataclass(frozen=True)
class ToldRow:
    """A row that tells of a duty. `is_kept`: it is still within the area, so that its page can be opened."""

    id: RowId
    name: str
    is_kept: bool
    area: str


@dataclass(frozen=True)
class ToldList:
    """A page of such rows. `after` is where the next one goes on; `readable` is false where no list can be shown."""

    register: str
    rows: tuple[ToldRow, ...] = ()
    after: RowId | None = None
    readable: bool = True


def find_duty(
    pack: Pack,
    duty_id: str,
    standing: Standing,
    below: tuple[Iterable[tuple[str, str]], Mapping[str, Fulfilled]],
    lang: str,
) -> DutyView | None:
    """The page of a duty, None when there is none of that id. `below`: codes with names, and states by code."""
    duty = pack.duties.get(duty_id)
    if duty is None or duty.clause not in pack.clauses:
        return None
    areas, told = below
    phrases = Phrases(pack, lang)
    document = numbering.document(duty.clause)
    closed = is_closed(pack, document)
    return DutyView(
        entry=Entries(pack, standing, lang).duty(duty),
        document=document,
        anchor=numbering.anchor(duty.clause),
        cited=numbering.number(duty.clause, lang),
        clause=pack.clauses[duty.clause].title.say(lang),
        done_when=duty.done_when.say(lang) if duty.done_when else "",
        register=pack.registers[duty.register].title.say(lang) if duty.register else "",
        when=phrases.phrase(duty.when) if duty.when else "",
        test=phrases.phrase(duty.done) if duty.done else "",
        is_closed=closed,
        rows=() if closed else tuple(AreaRow(code, name, told.get(code)) for code, name in areas),
    )


def list_rows(names: Names, run: Run, duty_id: str, area: str, state: str, after: RowId | None) -> ToldList:
    """The rows of an area and below that tell of a duty what `state` says."""
    register = names.pack.duties[duty_id].register or ""
    try:
        found = told_rows(run, duty_id, area, STATES[state], after, MOST)
    except NotReadable:
        return ToldList(register, readable=False)
    called = names.of(register, [one.id for one in found.subjects])
    places = names.of(DIVISIONS, [one.area for one in found.subjects])
    rows = (
        ToldRow(
            id=one.id,
            name=called.get(one.id) or names.plain(register, one.id),
            is_kept=one.id in called,
            area=str(places.get(one.area, one.area)),
        )
        for one in found.subjects
    )
    return ToldList(register, tuple(rows), found.after)
