"""Proposals as YAML: short where one value differs, complete otherwise, and read back as the case they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.checking.answers import Answer, Answers
from luoshi.rulebook.checking.thoroughness.accepting import Accepted, accepted
from luoshi.rulebook.checking.thoroughness.proposing import Proposal
from luoshi.rulebook.checking.thoroughness.variants import Variant, Variants
from luoshi.rulebook.checking.thoroughness.writing import all_written, name_of, written
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER
from tests.unit.rulebook.checking.thoroughness.gaps import failures
from tests.unit.rulebook.packs import pack_of

BLOCKS = """measure
m: {title: BOTH, for: thing, conditions: {a: good}, frequency: once, discretion: may}
--- fact
big: {of: thing, value: size > 5}
weight: {of: thing, value: price * ratio}
fair: {of: thing, judgement: bool}
soft: {of: part, judgement: bool}
--- example
"""
T = "T1 exactly: {as_of: 2019-07-14, subject: thing, fields: {size: 5}}\n"
ELIGIBLE = Answers({"m": Answer("eligible", None, (), (), False)})


def base_of(text: str = T) -> tuple[Pack, Accepted]:
    pack = pack_of(BLOCKS + text)
    return pack, accepted(pack)[0]


def lines(answers: Answers = ELIGIBLE, changed: tuple[str, Any] = ("size", 6), name: str = "T2") -> list[str]:
    """A proposal with one other value, line by line."""
    pack, base = base_of()
    return written(Proposal(base, Variant(base.case, base.on, changed), "", answers), pack, name).splitlines()


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (("size", 6), "  fields: {size: 6}"),
        (("size", None), "  fields: {size: null}"),
        (("price", Decimal("200.00")), "  fields: {price: 200.00}"),
        (("price", Decimal("200")), "  fields: {price: 200}"),
        (("ratio", Decimal("0E-8")), "  fields: {ratio: 0.00000000}"),
        (("good", False), "  fields: {good: false}"),
        (("born", date(2019, 7, 15)), "  fields: {born: 2019-07-15}"),
        (("ended", NEVER), "  fields: {ended: null}"),
        (("colour", "red"), "  fields: {colour: red}"),
        (("label", "5"), "  fields: {label: '5'}"),
        (("label", "null"), "  fields: {label: 'null'}"),
        (("big", True), "  given: {big: true}"),
        (("weight", Decimal("0.500000")), "  given: {weight: 0.500000}"),
        (("fair", False), "  given: {fair: false}"),
    ],
)
def test_one_other_value(changed: tuple[str, Any], line: str) -> None:
    assert lines(changed=changed) == ["T2:", "  like: T1 exactly", line, "  expect:", "    m: {outcome: eligible}"]


def test_a_fact_is_taken_back_wherever_it_was_given() -> None:
    taken = ["  fields: {fair: null}", "  judgements: {fair: null}", "  given: {fair: null}"]
    assert lines(changed=("fair", None))[2:5] == taken


@pytest.mark.parametrize("place", ["fields", "judgements", "given"])
@pytest.mark.parametrize("value", [True, False, None])
def test_a_fact_that_was_given_gets_its_other_value(place: str, value: bool | None) -> None:
    text = f"T1: {{as_of: 2019-07-14, subject: thing, {place}: {{fair: true}}}}\n"
    pack, base = base_of(text)
    proposal = Proposal(base, Variant(base.case, base.on, ("fair", value)), "", ELIGIBLE)
    again = read_back(BLOCKS + text + written(proposal, pack, "T2"), "T2")
    assert again.case.store.rows["thing"]["this"].get("fair") is value


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("eligible", None, (), (), False), ["m: {outcome: eligible}"]),
        (Answer("eligible", Decimal("0.50"), (), (), False), ["m: {outcome: eligible, amount: 0.50}"]),
        (Answer("eligible", 12, (), (), False), ["m: {outcome: eligible, amount: 12}"]),
        (
            Answer("ineligible", None, ("a",), (), False),
            ["m:", "outcome: ineligible", "unmet: [a]", "unknown: []"],
        ),
        (
            Answer("ineligible", None, ("a",), ("b",), False),
            ["m:", "outcome: ineligible", "unmet: [a]", "unknown: [b]"],
        ),
        (
            Answer("undetermined", None, (), ("a", "b"), True),
            ["m:", "outcome: undetermined", "unmet: []", "unknown: [a, b]"],
        ),
        (Answer("not_in_force", None, (), (), False), ["m:", "outcome: not_in_force", "unmet: []", "unknown: []"]),
    ],
)
def test_what_a_measure_is_expected_to_come_to(answer: Answer, expected: list[str]) -> None:
    assert [line.strip() for line in lines(Answers({"m": answer}))[4:]] == expected


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (None, "unknown"),
        (True, "true"),
        (5, "5"),
        (Decimal("0.0000"), "0.0000"),
        (date(2019, 7, 14), "2019-07-14"),
        (NEVER, "9999-12-31"),
        ("red", "red"),
    ],
)
def test_what_checks_and_facts_are_expected_to_be(value: Any, fact: str) -> None:
    answers = Answers(checks={"cap": "not_applicable", "odd": "found"}, facts={"f": value})
    assert lines(answers)[-3:] == ["    cap: not_applicable", "    odd: found", f"    facts: {{f: {fact}}}"]


def test_facts_that_are_unknown_or_never_are_met_by_what_both_engines_answer() -> None:
    blocks = (
        "fact\ntill: {of: thing, value: ended}\nsame: {of: thing, value: next.good}\n--- example\n"
        "T1: {as_of: 2019-07-14, subject: thing, fields: {size: 5}, expect: {facts: {same: unknown}}}\n"
    )
    pack = pack_of(blocks)
    (base,) = accepted(pack)
    answers = Answers(facts={"till": NEVER, "same": None})
    text = written(Proposal(base, Variant(base.case, base.on, ("size", 6)), "", answers), pack, "T2")
    assert failures(pack_of(blocks + text)) == []


@pytest.mark.parametrize(
    ("example", "variant", "name"),
    [
        ("T1-02 exactly five", ("size", 6), "T1-02 with size 6"),
        ("T1", ("size", 6), "T1 with size 6"),
        ("AB7 a case", ("size", None), "AB7 with size unknown"),
        ("T1 a case", ("ended", NEVER), "T1 with ended never"),
        ("T1 a case", ("price", Decimal("0.50")), "T1 with price 0.50"),
        ("a case 1", ("good", True), "a case 1 with good True"),
        ("T1 a case", "day", "T1 on 2019-07-15"),
        ("T1 a case", "rows", "T1 with other rows"),
    ],
)
def test_what_a_proposal_is_called(example: str, variant: Any, name: str) -> None:
    _, base = base_of(T.replace("T1 exactly", example))
    case = replace(base.case) if variant == "rows" else base.case
    changed = variant if isinstance(variant, tuple) else None
    day = date(2019, 7, 15) if variant == "day" else base.on
    assert name_of(Proposal(base, Variant(case, day, changed), "", ELIGIBLE)) == name


@pytest.mark.parametrize(
    ("there", "names"),
    [
        ((), ["T1 with size 6", "T1 with size 7", "T1 with size 6 (2)"]),
        (("T1 with size 6",), ["T1 with size 6 (2)", "T1 with size 7", "T1 with size 6 (3)"]),
        (("T1 with size 6", "T1 with size 6 (2)"), ["T1 with size 6 (3)", "T1 with size 7", "T1 with size 6 (4)"]),
    ],
)
def test_no_two_examples_are_of_one_name(there: tuple[str, ...], names: list[str]) -> None:
    more = "".join(f"{name}: {{as_of: 2019-07-14, subject: firm}}\n" for name in there)
    pack, base = base_of(T + more)
    base = next(item for item in accepted(pack) if item.example.name == "T1 exactly")
    proposals = [Proposal(base, Variant(base.case, base.on, ("size", size)), "", ELIGIBLE) for size in (6, 7, 6)]
    texts = list(all_written(proposals, pack))
    assert [text.partition(":")[0] for text in texts] == names
    assert len(pack_of(BLOCKS + T + more + "".join(texts)).examples) == 4 + len(there)


def test_another_day() -> None:
    pack, base = base_of()
    proposal = Proposal(base, Variant(base.case, date(2019, 7, 15), None), "", ELIGIBLE)
    assert written(proposal, pack, "T2").splitlines()[:3] == ["T2:", "  like: T1 exactly", "  as_of: 2019-07-15"]


WHOLE = """T1:
  as_of: 2019-07-14
  as_if_in_force: true
  subject: thing
  fields: {id: own, size: 5, price: 0.50, ended: 2019-08-01, label: 'null', firm: f, next: t}
  judgements: {fair: true}
  given: {big: true}
  parameters:
    strict: false
    share: {value: 0.50, area: '3311', by: city, document: No. 1, from: 2019-01-01}
  rows:
    area: {'331124': {name: 缙云}}
    firm: {f: {area: '331124'}}
    thing: {t: {size: 7, next: own}}
    part: {p: {paid: 1.00, soft: true}, q: {thing: null, day: 2019-07-14}, r: {thing: t}}
"""


def read_back(blocks: str, name: str) -> Accepted:
    return next(item for item in accepted(pack_of(blocks)) if item.example.name == name)


def known(case: Case) -> dict[str, Any]:
    """What is known of the rows of a case."""
    return {
        register: {
            row: {name: value for name, value in values.items() if value is not None} for row, values in rows.items()
        }
        for register, rows in case.store.rows.items()
    }


def test_a_case_that_differs_in_rows_and_day_is_written_whole() -> None:
    pack, base = base_of(WHOLE)
    proposal = Proposal(base, Variant(replace(base.case), date(2019, 7, 15), None), "", ELIGIBLE)
    assert written(proposal, pack, "T2").splitlines() == [
        "T2:",
        "  as_of: 2019-07-15",
        "  as_if_in_force: true",
        "  subject: thing",
        "  fields: {id: own, ended: 2019-08-01, size: 5, price: 0.50, label: 'null', firm: f, next: t}",
        "  given: {fair: true, big: true}",
        "  rows:",
        "    thing:",
        "      t: {size: 7, next: own}",
        "    area:",
        "      '331124': {name: 缙云}",
        "    firm:",
        "      f: {area: '331124'}",
        "    part:",
        "      p: {thing: own, paid: 1.00, soft: true}",
        "      q: {thing: null, day: 2019-07-14}",
        "      r: {thing: t}",
        "  parameters:",
        "    strict: {value: false}",
        "    share: {value: 0.50, area: '3311', by: city, document: No. 1, from: 2019-01-01}",
        "  expect:",
        "    m: {outcome: eligible}",
    ]


def test_a_case_with_other_rows_says_what_is_other() -> None:
    pack, base = base_of(WHOLE)
    rows = base.case.store.rows
    changed = {"p": {**rows["part"]["p"], "paid": None, "soft": False}, "r": rows["part"]["r"]}
    store = Store(
        pack, {**rows, "part": changed, "thing": {**rows["thing"], "own": {**rows["thing"]["own"], "ended": NEVER}}}
    )
    proposal = Proposal(base, Variant(replace(base.case, store=store), base.on, None), "", ELIGIBLE)
    assert written(proposal, pack, "T2").splitlines() == [
        "T2:",
        "  like: T1",
        "  changed:",
        "    thing:",
        "      own: {ended: null}",
        "    part:",
        "      p: {paid: null, soft: false}",
        "      q: null",
        "  expect:",
        "    m: {outcome: eligible}",
    ]


@pytest.mark.parametrize(
    "text", [WHOLE, T, "T1: {as_of: 2019-07-14, subject: area, rows: {area: {'33': {}}, part: []}}\n"]
)
def test_every_case_near_by_is_read_back_as_it_was(text: str) -> None:
    pack, base = base_of(text)
    variants = [
        *Variants(pack).near(base.case, base.on),
        Variant(replace(base.case), base.on, None),
    ]
    assert len(variants) > 5
    proposals = [Proposal(base, variant, "", ELIGIBLE) for variant in variants]
    texts = [written(proposal, pack, f"U{number}") for number, proposal in enumerate(proposals)]
    again = {item.example.name: item for item in accepted(pack_of(BLOCKS + text + "".join(texts)))}
    for number, variant in enumerate(variants):
        found = again[f"U{number}"]
        assert known(found.case) == known(variant.case)
        assert (found.on, found.case.subject, found.case.subject_id) == (
            variant.on,
            base.case.subject,
            base.case.subject_id,
        )
        assert found.example.as_if_in_force == base.example.as_if_in_force
        assert [replace(item, where=base.case.local[0].where) for item in found.case.local] == [
            replace(item, where=base.case.local[0].where) for item in base.case.local
        ]
