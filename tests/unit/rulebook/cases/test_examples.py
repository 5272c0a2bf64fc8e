"""Worked examples: what they take over from one another, and what makes one unusable."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.cases.examples import LONGEST_LIKE, Example, read_examples
from tests.unit.rulebook.packs import pack_of

FIRST = "example\nT1: {as_of: 2019-07-14, subject: thing, fields: {size: 1, good: true}, expect: {m: met}}\n"


def examples(text: str) -> dict[str, Example]:
    return {item.name: item for item in read_examples(pack_of(text))}


def row(example: Example) -> dict[str, object]:
    assert example.case is not None and example.case.subject is not None
    found = example.case.store.row(example.case.subject, example.case.subject_id)
    assert found is not None
    return {name: value for name, value in found.items() if name != "ended"}


def test_an_example_by_itself() -> None:
    example = examples(FIRST)["T1"]
    assert (example.on, example.as_if_in_force, example.expect) == (date(2019, 7, 14), False, {"m": "met"})
    assert row(example) == {"size": 1, "good": True}


def test_an_example_like_another_merges_its_mappings_and_expects_its_own() -> None:
    more = "T2: {like: T1, as_if_in_force: true, fields: {size: 2}, rows: {part: []}}\n"
    example = examples(FIRST + more)["T2"]
    assert (example.on, example.as_if_in_force, example.expect) == (date(2019, 7, 14), True, {})
    assert row(example) == {"size": 2, "good": True}
    assert example.case is not None and example.case.store.keeps("part")


def test_rows_are_replaced_register_by_register() -> None:
    more = (
        "T2: {like: T1, rows: {part: [{}, {}], firm: [{}]}}\n"
        "T3: {like: T2, as_of: 2020-01-01, subject: thing, rows: {part: [{}]}}\n"
    )
    case = examples(FIRST + more)["T3"].case
    assert case is not None
    assert (len(case.store.rows["part"]), len(case.store.rows["firm"])) == (1, 1)


def test_changed_rows_are_merged_value_by_value() -> None:
    more = (
        "T2: {like: T1, rows: {part: {p: {paid: 1.00}, q: {}}}, changed: {part: {p: {good: true}, q: {paid: 2.00}}}}\n"
        "T3: {like: T2, changed: {part: {p: {paid: null}, q: null}, thing: {this: {size: 9}}}}\n"
        "T4: {like: T3, changed: {part: {q: {good: false}}}}\n"
    )
    found = examples(FIRST + more)
    third, fourth = (found[name].case for name in ("T3", "T4"))
    assert third is not None and fourth is not None
    assert third.store.rows["part"] == {"p": {"thing": "this", "paid": None, "good": True}}
    assert row(found["T3"])["size"] == 9
    assert fourth.store.rows["part"]["q"] == {"thing": "this", "good": False}


def test_the_first_example_stays_as_it_is() -> None:
    assert row(examples(FIRST + "T2: {like: T1, fields: {size: 2}}\n")["T1"]) == {"size": 1, "good": True}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("example\nT1: {subject: thing}\n", ["CHECK-007"]),
        ("example\nT1: {}\n", ["CHECK-007"]),
        ("example\nT1: {like: T9}\n", ["CHECK-007", "CHECK-007"]),
        ("example\nT1: {as_of: 2019-07-14, like: T1}\n", ["CHECK-007"]),
        ("example\nT1: {as_of: 2019-07-14, subject: thing, fields: {sise: 1}}\n", ["CASE-018"]),
    ],
)
def test_what_makes_an_example_unusable(text: str, codes: list[str]) -> None:
    example = examples(text)["T1"]
    assert example.case is None
    assert [finding.code for finding in example.findings] == codes
    assert {finding.where.line for finding in example.findings} == {6}


def test_a_chain_of_likes_is_bounded() -> None:
    def chain(length: int) -> Example:
        likes = "".join(f"T{number}: {{like: T{number - 1}}}\n" for number in range(2, length + 1))
        return examples(FIRST + likes)[f"T{length}"]

    assert not chain(LONGEST_LIKE + 2).findings
    assert [finding.code for finding in chain(LONGEST_LIKE + 3).findings].count("CHECK-007") >= 1


def test_an_empty_expectation_is_none() -> None:
    assert examples("example\nT1: {as_of: 2019-07-14, subject: thing}\n")["T1"].expect == {}
