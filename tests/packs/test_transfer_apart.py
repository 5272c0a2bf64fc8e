"""Whatever document 8 of the Dingxi pack records about people, no other document answers differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import cache
from random import Random
from typing import Any

import pytest

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.checking.answers import by_sql
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.case.arithmetic import EXACT
from luoshi.rulebook.engines.case.evaluating import evaluator
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import FactDef, Register, RegisterField
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref
from luoshi.rulebook.values.calendar import NEVER
from tests.packs.test_transfer import HEADCOUNTS, Rows, cases_of, copied, is_own, own_registers, pack, with_rows


def drawn(field: RegisterField, known: Rows, random: Random) -> Any:
    """Some value of a field; about one in eight is blank."""
    if random.random() < 0.125:
        return NEVER if field.blank_never else None
    match field.type:
        case Bool():
            return random.random() < 0.5
        case Number(places=places):
            return Decimal(random.randrange(4_000_000)).scaleb(-places) if places else random.randrange(200)
        case Date():
            return date(2017, 1, 1) + timedelta(random.randrange(1600))
        case Code(codes=codes):
            return random.choice(codes)
        case Ref(register=register):
            return "621102101202" if register == "area" else random.choice([*known.get(register, {}), None])
    return "x"


def invented(case: Case, seed: int, each: int = 6) -> Rows:
    """The rows of a case and, in every register of document 8, some about its people and households."""
    rows, random = copied(case), Random(seed)
    for register in own_registers():
        rows[register] = {f"{register}-{index}": {} for index in range(each)}
    for register in own_registers():
        for row in rows[register].values():
            row |= {name: drawn(field, rows, random) for name, field in pack().registers[register].fields.items()}
    return rows


def halved(rows: Rows) -> Rows:
    """The rows without every other row of document 8."""
    return {
        register: dict(list(of.items())[::2]) if register in own_registers() else of for register, of in rows.items()
    }


@cache
def compiled() -> CaseEngine:
    """An engine of which others share what is compiled."""
    return CaseEngine(pack(), date(2019, 7, 1))


@cache
def others() -> tuple[frozenset[str], dict[str, list[n.Fact]]]:
    """What the other documents decide and check, and the facts they derive of each register."""
    facts: dict[str, list[n.Fact]] = {register: [] for register in pack().registers}
    for (register, name), fact in pack().facts.items():
        if not is_own(fact) and fact.value is not None:
            facts[register].append(n.Fact(fact.type, register, name))
    return frozenset(block.id for block in pack().blocks() if not is_own(block)), facts


def answers_elsewhere(case: Case, on: date) -> dict[tuple[str, Any], dict[str, Any]]:
    """What the other documents decide, check and derive about the subject and some people and households of a case."""
    ids, facts = others()
    engine = compiled().at(on, Settings(pack(), on, case.local))
    run = engine.start(case.store)
    found: dict[tuple[str, Any], dict[str, Any]] = {}
    for register, row in [(str(case.subject), case.subject_id), *people(case)]:
        decision = engine.decide(case.store, register, row, run=run)
        answers: dict[str, Any] = {
            item.measure.id: (item.outcome, item.amount, item.unmet, item.unknown) for item in decision.determinations
        }
        answers |= {item.block.id: item.state for item in decision.checks}
        answers |= {item.check.id: item.state for item in decision.suspicions}
        found[register, row] = {name: answer for name, answer in answers.items() if name in ids}
        frame = run.frame(register, row)
        assert frame is not None
        with localcontext(EXACT):
            found[register, row] |= {f"fact {fact.name}": evaluator(fact)(frame).value for fact in facts[register]}
    return found


def people(case: Case) -> Iterator[tuple[str, Any]]:
    """A few of the people and households of a case."""
    for register in ("person", "household"):
        yield from ((register, row) for row in list(case.store.rows.get(register, {}))[:3])


ELSEWHERE = {
    name: item
    for name, item in cases_of("1-workshops.md", "6-ecommerce.md").items()
    if item.case is not None and {"person", "household"} & item.case.store.rows.keys()
}


def test_examples_with_people_were_found() -> None:
    assert {item.place.file.rpartition("/")[2] for item in ELSEWHERE.values()} == {"1-workshops.md", "6-ecommerce.md"}
    assert len(ELSEWHERE) > 100


@pytest.mark.parametrize("name", ELSEWHERE)
def test_rows_of_document_8_change_no_answer_of_another_document(name: str) -> None:
    item = ELSEWHERE[name]
    assert item.case is not None and item.on is not None
    before = answers_elsewhere(item.case, item.on)
    assert before
    first = invented(item.case, seed=1)
    for rows in (first, invented(item.case, seed=2), halved(first)):
        assert answers_elsewhere(with_rows(item.case, rows), item.on) == before


@pytest.mark.parametrize("name", list(ELSEWHERE)[::20])
def test_rows_of_document_8_change_no_answer_of_another_document_in_whole_registers(name: str) -> None:
    case, on = ELSEWHERE[name].case, ELSEWHERE[name].on
    assert case is not None and on is not None
    ids, _ = others()
    seen = []
    for rows in (copied(case), invented(case, seed=3)):
        whole = replace(with_rows(case, rows), subject=None, subject_id=None)
        answers = by_sql(pack(), whole, on, (), as_if=False)
        named = {
            (*row, name): found for row, of in answers.items() for name, found in (of.measures | of.checks).items()
        }
        seen.append({key: found for key, found in named.items() if key[2] in ids})
    assert seen[0] == seen[1]


def read_by(block: Block) -> Iterator[str]:
    """The registers, parameters, switches and measures that a block's expressions read."""
    for root in block.expressions():
        for node in n.walk(root):
            match node:
                case n.Field() | n.Fact() | n.Aggregate():
                    yield node.register
                    yield f"{node.register}.{getattr(node, 'name', '')}"
                case n.Parameter() | n.Switch():
                    yield node.name
                case n.Eligible():
                    yield node.measure


def test_no_other_document_reads_document_8() -> None:
    own = {
        *own_registers(),
        *(block.id for block in pack().blocks() if is_own(block) and not isinstance(block, FactDef)),
    }
    own |= {f"{register}.{name}" for (register, name), fact in pack().facts.items() if is_own(fact)}
    for block in pack().blocks():
        if not is_own(block):
            assert not own & set(read_by(block)), block.id
            if isinstance(block, Register):
                pointed_at = {item.type.register for item in block.fields.values() if isinstance(item.type, Ref)}
                assert not own & pointed_at, block.id


def test_a_headcount_serves_the_duty_to_send_cadres_and_nothing_else() -> None:
    counts = {f"transfer_secondment.{name}" for name in HEADCOUNTS}
    assert {block.id for block in pack().blocks() if counts & set(read_by(block))} == {"cadres_due"}
    resting = {block.id for block in pack().blocks() if "transfer_secondment.cadres_due" in set(read_by(block))}
    assert resting == {"seconded-cadres", "seconded_cadres_share"}


def test_a_return_is_read_by_what_protects_it_and_by_nothing_else() -> None:
    paid = {"household", "person", "transfer_grant", "transfer_back_claim"}
    assert not [limit.id for limit in pack().limits.values() if is_own(limit) and limit.register in paid]
    reading = {block.id for block in pack().blocks() if "transfer_return" in set(read_by(block))}
    assert reading == {"return-without-loss", "return_respected", "returns_respected_share"}
