"""The interview against the case engine: the same facts give the same outcomes, and nothing needless is asked."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from luoshi.office.portal.interview.answers import (
    ME,
    NOT_YET,
    UNKNOWN,
    Answers,
    AnswerStore,
    Leaf,
    place_of,
    type_of,
    valued,
    written,
)
from luoshi.office.portal.interview.askable import askable
from luoshi.office.portal.interview.asking import PRAISE, Interview, interview
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.steps import Determination
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Share
from luoshi.rulebook.values.calendar import NEVER
from luoshi.sampling import load_plan, sample

DAYS = {"dingxi-2018": date(2020, 12, 31), "lishui-draft": date(2023, 12, 31)}
SAMPLED = 2
NUMBERS = (0, 1, 2, 5, 12, 40, 90, 365, 5000, 60000, 400000)
MOST_QUESTIONS = 120


@cache
def _pack(name: str) -> Pack:
    pack = load_pack(name, examples=False)
    if pack.policy.status != "draft":
        return pack
    return replace(pack, policy=replace(pack.policy, status="in-force", in_force_from=date(2023, 1, 1)))


@pytest.fixture(scope="module", params=sorted(DAYS))
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Store, date]:
    """A small city in memory."""
    name: str = request.param
    pack, folder = _pack(name), tmp_path_factory.mktemp(name) / "city"
    sample(pack, load_plan(find_folder(name), pack), 0.0005, 7, folder, lambda register, rows: None)
    rows = {file.stem: _rows(pack, file) for file in folder.glob("*.parquet") if file.stem in pack.registers}
    return pack, Store(pack, rows), DAYS[name]


def _rows(pack: Pack, file: Path) -> dict[Any, dict[str, Any]]:
    blanks = {name: NEVER for name, field in pack.registers[file.stem].fields.items() if field.blank_never}
    found = {}
    for row in pq.read_table(file).to_pylist():
        cells = {name: cell for name, cell in row.items() if name != "id" and cell is not None}
        found[row["id"]] = blanks | cells
    return found


class _Truthful:
    """Answers every question as the registers of a city know it."""

    def __init__(self, pack: Pack, store: Store, on: date, subject: tuple[str, Any]) -> None:
        self.pack, self.store, self.on, self.subject = pack, store, on, subject
        self.engine = CaseEngine(pack, on, Settings(pack, on))
        self.asked = askable(pack)
        self.given: dict[str, str] = {}
        self.judged: dict[str, str] = {}

    def interview(self) -> Interview:
        register, row_id = self.subject
        code = self.store.area(register, row_id) or ""
        answers = Answers(register, code, {**self.given, **self.judged})
        return interview(self.asked, Settings(self.pack, self.on), self.on, answers, self._area)

    def _area(self, code: str) -> Any:
        return self.store.row("area", code)

    def run(self) -> Iterator[tuple[Interview, Leaf]]:
        for _ in range(MOST_QUESTIONS):
            now = self.interview()
            if now.next is None:
                return
            yield now, now.next.leaf
            self.given[now.next.leaf.key] = self.answer(now.next.leaf)
        raise AssertionError("the interview does not end")

    def answer(self, leaf: Leaf) -> str:
        register, row_id = self.subject
        if leaf == place_of(self.pack, register):
            return self.store.area(register, row_id) or UNKNOWN
        for ref in leaf.path:
            kind = self.pack.registers[register].fields[ref].type
            assert isinstance(kind, Ref)
            row = self.store.row(register, row_id) if row_id is not None else None
            register, row_id = kind.register, row.get(ref) if row else None
        row = self.store.row(register, row_id) if row_id is not None else None
        if row is None:
            return UNKNOWN
        if leaf.name in self.pack.registers[register].fields:
            return written(row.get(leaf.name))
        if (register, leaf.name) in self.pack.facts:
            return written(self.engine.fact(self.store, register, row_id, leaf.name).value)
        return written(row.get(_known_of(self.asked.pack, leaf)) is not None)


def _known_of(pack: Pack, leaf: Leaf) -> str:
    """The field whose being on record a made fact asks about: the one whose title stands in its words."""
    words = pack.facts[leaf.register, leaf.name].title.zh
    fields = pack.registers[leaf.register].fields
    return max((name for name, field in fields.items() if field.title.zh in words), key=len)


def _subjects(pack: Pack, store: Store) -> Iterator[tuple[str, Any]]:
    chance = random.Random(20)
    for register in sorted(
        {m.register for m in pack.measures.values() if m.register != "area" and m.support != PRAISE}
    ):
        ids = sorted(store.rows.get(register, ()), key=str)
        yield from ((register, row_id) for row_id in chance.sample(ids, min(SAMPLED, len(ids))))


def _come_to(found: tuple[Determination, ...], pack: Pack) -> dict[str, tuple[Outcome, Any]]:
    return {item.measure.id: (item.outcome, item.amount) for item in found if item.measure.support != PRAISE}


def test_truthful_answers_come_to_what_the_engine_decides(city: tuple[Pack, Store, date]) -> None:
    pack, store, on = city
    decided = {Outcome.ELIGIBLE: 0, Outcome.INELIGIBLE: 0, Outcome.UNDETERMINED: 0}
    for subject in _subjects(pack, store):
        person = _Truthful(pack, store, on, subject)
        _judge(person)
        for _now, _leaf in person.run():
            pass
        wanted = _come_to(person.engine.decide(store, *subject).determinations, pack)
        seen = _come_to(person.interview().decision.determinations, pack)
        for name, (outcome, amount) in seen.items():
            assert (outcome, amount) == wanted[name], (subject, name, person.given)
            decided[outcome] += 1
    assert decided[Outcome.INELIGIBLE] > 10
    assert decided[Outcome.ELIGIBLE] > 0


def _judge(person: _Truthful) -> None:
    """What officials have judged of the subject and of rows it leads to stands beside what people answer."""
    for (register, name), fact in person.pack.facts.items():
        if fact.value is None:
            for path in _reached(person.pack.policy.id, person.subject[0], register):
                leaf = Leaf(path, register, name)
                if (text := person.answer(leaf)) != UNKNOWN:
                    person.judged[leaf.key] = text


@cache
def _reached(name: str, register: str, wanted: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_paths(_pack(name), register, wanted, 2))


def _paths(pack: Pack, register: str, wanted: str, deepest: int) -> Iterator[tuple[str, ...]]:
    if register == wanted:
        yield ()
    if deepest:
        for name, field in pack.registers[register].fields.items():
            if isinstance(field.type, Ref) and field.type.register not in ("area", register):
                yield from ((name, *rest) for rest in _paths(pack, field.type.register, wanted, deepest - 1))


def test_only_what_can_change_an_outcome_is_asked(city: tuple[Pack, Store, date]) -> None:
    pack, store, on = city
    chance, asked = random.Random(3), 0
    for subject in list(_subjects(pack, store))[::3]:
        person = _Truthful(pack, store, on, subject)
        where = place_of(pack, subject[0])
        person.given = {where.key: person.answer(where)} if where is not None else {}
        for now, leaf in person.run():
            assert now.next is not None
            assert now.next.measures
            states = {item.measure.id: item.outcome for item in now.decision.determinations}
            assert all(states[name] is Outcome.UNDETERMINED for name in now.next.measures)
            assert leaf.key not in person.given
            assert _matters(now, leaf, chance), f"{subject} {leaf} {person.given} {[one.leaf.key for one in now.open]}"
            asked += 1
    assert asked > 5


def _matters(now: Interview, leaf: Leaf, chance: random.Random) -> bool:
    """Whether some answer to it, with some answers to whatever else opens, changes what a measure comes to."""
    for _ in range(400):
        rest: dict[str, str] = {}
        said = [int(text) for text in now.answers.given.values() if text.isdecimal()]
        made = [one * other for one in said for other in said]  # what crossed shares have to equal
        pool = chance.choices(
            [*NUMBERS, *said, *made], k=chance.randint(1, 3)
        )  # so that figures that have to be equal sometimes are
        answers = {_any(now, leaf, chance, pool) for _try in range(6)}
        if len({_states(now, leaf, answer, rest, chance, pool) for answer in sorted(answers)}) > 1:
            return True
    return False


def _states(
    now: Interview, leaf: Leaf, answer: str, rest: dict[str, str], chance: random.Random, pool: list[int]
) -> tuple[Any, ...]:
    """What the measures come to with this answer, and everything else that opens answered the same each time."""
    given = {**now.answers.given, leaf.key: answer}
    for _round in range(6):
        then = replace(now, answers=replace(now.answers, given=given))
        more = {one.leaf.key: rest.setdefault(one.leaf.key, _any(now, one.leaf, chance, pool)) for one in then.open}
        if not more:
            break
        given = given | more
    found = replace(now, answers=replace(now.answers, given=given)).decision.determinations
    return tuple((item.outcome, item.unmet, item.unknown, item.amount) for item in found)


@cache
def _figures(name: str, kind: Number) -> tuple[int, ...]:
    """Whole figures of the pack that are measured alike, and one less and one more."""
    own = [item for item in _pack(name).parameters.values() if getattr(item.type, "unit", None) == kind.unit]
    values = {int(value) for item in own for _day, value in item.values if not isinstance(value, bool | date | str)}
    return tuple(sorted({value + step for value in values for step in (-1, 0, 1) if value + step >= 0}))


def _any(now: Interview, leaf: Leaf, chance: random.Random, pool: list[int]) -> str:
    pack = now.askable.pack
    kind = type_of(pack, leaf.register, leaf.name)
    if isinstance(kind, Bool):
        return chance.choice(("true", "false"))
    if isinstance(kind, Code):
        return chance.choice(kind.codes)
    if isinstance(kind, Date):
        return chance.choice(
            (NOT_YET, "2015-01-01", "2018-12-30", "2019-06-01", "2020-12-01", "2023-06-01", "2024-03-01")
        )
    if isinstance(kind, Share):
        return chance.choice(("0/10", "3/10", "10/10"))
    if isinstance(kind, Number):
        numbers = pool if chance.random() < 0.8 else [*NUMBERS, *_figures(pack.policy.id, kind)]
        return str(chance.choice([n for n in numbers if n * 10**kind.places < 10**kind.digits] or [1]))
    return "621102"


def test_not_knowing_stays_open(city: tuple[Pack, Store, date]) -> None:
    pack, store, on = city
    for subject in list(_subjects(pack, store))[::4]:
        person = _Truthful(pack, store, on, subject)
        now = person.interview()
        for _ in range(MOST_QUESTIONS):
            now = person.interview()
            if now.next is None:
                break
            person.given[now.next.leaf.key] = UNKNOWN
        blank = replace(person.interview(), answers=replace(now.answers, given={}))
        assert _come_to(person.interview().decision.determinations, pack) == _come_to(
            blank.decision.determinations, pack
        )


def test_an_answer_that_is_taken_back_is_as_if_never_given(city: tuple[Pack, Store, date]) -> None:
    pack, store, on = city
    subject = next(_subjects(pack, store))
    person = _Truthful(pack, store, on, subject)
    first = person.interview()
    assert first.next is not None
    person.given[first.next.leaf.key] = person.answer(first.next.leaf)
    del person.given[first.next.leaf.key]
    assert person.interview().open == first.open


def test_what_is_written_is_read_back(city: tuple[Pack, Store, date]) -> None:
    pack, store, _on = city
    for register, rows in store.rows.items():
        for name, field in pack.registers[register].fields.items():
            if isinstance(field.type, Bool | Code | Date | Number):
                for row in list(rows.values())[:5]:
                    assert valued(field.type, written(row.get(name))) == row.get(name)


def test_no_ledger_is_kept_in_an_interview(city: tuple[Pack, Store, date]) -> None:
    pack, _store, _on = city
    register = next(measure.register for measure in pack.measures.values() if measure.register != "area")
    store = AnswerStore(pack, Answers(register, "", {}), lambda code: None)
    assert not any(store.keeps(name) for name in pack.registers)
    assert store.row(register, ME) == {}
    assert store.area(register, ME) is None
