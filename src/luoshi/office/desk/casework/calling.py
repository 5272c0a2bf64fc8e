"""What cases are called in lists: who or what each is about, its procedure and its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luoshi.office.casework.models import Case
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.registry.areas import areas_of
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.area_code import LENGTHS


@dataclass(frozen=True)
class Called:
    """A case in words."""

    subject: str
    procedure: str
    place: str


def called(seat: Seat, cases: Iterable[Case]) -> Mapping[int, Called]:
    """Cases in words, by their ids; asks for each register once, however many cases there are."""
    cases = list({case.id: case for case in cases}.values())
    subjects = rows_called(seat, [(seat.packs.of(case), case.register, case.row_id) for case in cases])
    places = places_called(case.area for case in cases)
    return {
        case.id: Called(
            subject=subjects[case.pack_id, case.register, case.row_id],
            procedure=procedure_of(seat, case).title.say(seat.lang),
            place=places[case.area],
        )
        for case in cases
    }


def rows_called(seat: Seat, rows: Iterable[tuple[Pack, str, RowId]]) -> Mapping[tuple[str, str, RowId], str]:
    """Rows in words, by policy, register and id: what lies beyond one's area has no name, only a number."""
    wanted: defaultdict[tuple[str, str], list[RowId]] = defaultdict(list)
    packs = {}
    for pack, register, row_id in rows:
        packs[pack.policy.id] = pack
        wanted[pack.policy.id, register].append(row_id)
    found = {}
    for (pack_id, register), ids in wanted.items():
        names = Names(packs[pack_id], seat.actor.area, seat.lang)
        known = names.of(register, ids)
        for row_id in ids:
            found[pack_id, register, row_id] = known.get(row_id) or names.plain(register, row_id)
    return found


def places_called(codes: Iterable[str]) -> Mapping[str, str]:
    """Areas in words, a village with its township."""
    lines = {code: [code[: LENGTHS["township"]], code] if len(code) > LENGTHS["township"] else [code] for code in codes}
    known = areas_of({each for line in lines.values() for each in line}) if lines else {}
    return {
        code: " ".join(known[each].name if each in known else each for each in line) for code, line in lines.items()
    }


def procedure_of(seat: Seat, case: Case) -> Procedure:
    """The procedure of a case, by its text."""
    return seat.packs.of(case).procedures[case.procedure]


def step_of(procedure: Procedure, name: str) -> ProcedureStep:
    """The step of a name."""
    return next(step for step in procedure.steps if step.id == name)


def offices_called(pack: Pack, names: Iterable[str], lang: str) -> list[str]:
    """Offices in words."""
    return [pack.offices[name].title.say(lang) if name in pack.offices else name for name in names]
