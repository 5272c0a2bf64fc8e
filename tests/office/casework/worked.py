"""Worked cases of packs as cases of the service."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Task
from luoshi.rulebook.cases.examples import Example
from luoshi.rulebook.inputs.store import Rows, Store
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.types import Ref
from tests.office.casework import walking
from tests.office.casework.walking import Walker
from tests.office.treasury.place import citizen

PACK, MEASURE = "dingxi-2018", "individual-loan-subsidy"
COUNTY, NEIGHBOUR = "621102", "621123"


def draft(name: str = MEASURE) -> tuple[Case, date]:
    """A case with the facts of a worked case in which the subject is eligible, not filed yet; the day."""
    pack = walking.whole(PACK)
    measure = pack.measures[name]
    example, subject = found_example(pack, measure)
    assert example.case is not None and example.on is not None
    ids = walking.lay(pack, example.case.store.rows)
    walking.set_locally(pack, example)
    register, row = next(row_of_case(pack, measure, example.case.store, subject))
    walking.fund(pack, measure, example.on.year)
    case = walking.take_in(pack, measure, register, ids[register, row], ids[measure.register, subject], example.on)
    return case, example.on


def at(walker: Walker, act: str) -> Task:
    """The case has come to an act; its first task."""
    walker.to_end(act)
    walker.case.refresh_from_db()
    return walker.waiting()[0]


def refusal(kind: str) -> AbstractContextManager[pytest.ExceptionInfo[CaseError]]:
    return pytest.raises(CaseError, match=f"^{kind}\\b")


def found_example(
    pack: Pack, measure: Measure, fits: Callable[[date], bool] = lambda day: True
) -> tuple[Example, object]:
    """A worked case, of a day that fits, whose subject is eligible for a measure; where there is none, one with a row
    it is about. Of several the smallest."""
    found = []
    for example in walking.examples(pack.policy.id, measure.clause.partition("/")[0]):
        assert example.case is not None and example.on is not None
        if not fits(example.on):
            continue
        rows = example.case.store.rows
        told = example.expect.get(measure.id) or {}
        is_good = (
            isinstance(told, dict) and told.get("outcome") == "eligible" and example.case.subject == measure.register
        )
        for row_id in [example.case.subject_id] if is_good else rows.get(measure.register, {}):
            found.append((not is_good, sum(map(len, rows.values())), example.name, example, row_id))
            break
    assert found, f"no worked case has a row for {measure.id}"
    return min(found, key=lambda one: one[:3])[3:]


def row_of_case(pack: Pack, measure: Measure, store: Store, own: object) -> Iterator[tuple[str, object]]:
    """The rows a case about a claim may be about: the one that is claimed for, or one that references lead to."""
    wanted = pack.procedures[measure.procedure or ""].registers
    waiting = [(measure.register, own)]
    while waiting:
        register, row_id = waiting.pop()
        if register in wanted:
            yield register, row_id
        row = store.row(register, row_id) or {}
        for name, field in pack.registers[register].fields.items():
            kind = field.type
            if isinstance(kind, Ref) and row.get(name) is not None and row[name] in store.rows.get(kind.register, {}):
                waiting.append((kind.register, row[name]))


def laid(pack: Pack, measure: Measure, example: Example, subject: object) -> tuple[str, int, int]:
    """The rows of a worked case are in the registers, and its measure has money: the register and row that a case is
    about, and the row that is claimed for."""
    assert example.case is not None and example.on is not None
    rows = dict(example.case.store.rows)
    about = next(row_of_case(pack, measure, example.case.store, subject), None)
    if about is None:  # the worked case says nothing about the row that the procedure is about
        about = pack.procedures[measure.procedure or ""].registers[0], "new"
        rows[about[0]] = {
            **rows.get(about[0], {}),
            "new": _connected(pack, about[0], rows, (measure.register, subject)),
        }
    ids = _lay(pack, measure, example, rows)
    return about[0], ids[about], ids[measure.register, subject]


def laid_alone(pack: Pack, measure: Measure, example: Example, subject: object) -> int:
    """The same in the village of the pack, whatever areas the worked case names, and the person behind its subject is
    known by name; the row of the subject."""
    assert example.case is not None
    rows = _moved(pack, example.case.store.rows)
    own, person = rows[measure.register][subject], subject
    if measure.register != "person":
        person = own["person"] = own.get("person") or "new"
    rows.setdefault("person", {}).setdefault(person, {}).update(name="样例人", citizen_id=citizen(2))
    return _lay(pack, measure, example, rows)[measure.register, subject]


def _lay(
    pack: Pack, measure: Measure, example: Example, rows: Mapping[str, Mapping[Any, Mapping[str, Any]]]
) -> dict[tuple[str, Any], int]:
    """The rows are in the registers, what localities have set holds, and the measure has money in this year and the
    next; the ids of the rows."""
    assert example.on is not None
    ids = walking.lay(pack, rows)
    walking.set_locally(pack, example)
    for year in (example.on.year, example.on.year + 1):
        walking.fund(pack, measure, year)
    return ids


def _moved(pack: Pack, rows: Mapping[str, Rows]) -> dict[str, dict[Any, dict[str, Any]]]:
    """The rows with the village of the pack, and what lies around it, for every area that they name."""
    village, moved = walking.VILLAGES[pack.policy.id], {}
    for register, found in rows.items():
        areas = {
            name
            for name, field in pack.registers[register].fields.items()
            if isinstance(field.type, Ref) and field.type.register == "area"
        }
        moved[register] = {
            village[: len(str(row))] if register == "area" else row: {
                name: village[: len(str(cell))] if name in areas and cell is not None else cell
                for name, cell in cells.items()
            }
            for row, cells in found.items()
        }
    return moved


def _connected(pack: Pack, register: str, rows: Mapping[str, Rows], claimed: tuple[str, object]) -> dict[str, object]:
    """A row of a register that refers to whatever the worked case has, what is claimed for before all."""
    refers = {
        name: field.type.register
        for name, field in pack.registers[register].fields.items()
        if isinstance(field.type, Ref)
    }
    there = {
        name: claimed[1] if to == claimed[0] else next(iter(rows.get(to, ())), None) for name, to in refers.items()
    }
    return {name: row_id for name, row_id in there.items() if row_id is not None}
