"""Facts come after what they rest on; the columns that are read are all found, and no others."""

from __future__ import annotations

from luoshi.rulebook.bulk.needs import columns_read, facts_in_order
from luoshi.rulebook.model.nodes import Fact
from tests.unit.rulebook.engines.sql.answers import TITLE
from tests.unit.rulebook.packs import pack_of

PACK = pack_of(
    f"fact\na: {{of: thing, {TITLE}, value: b + c}}\nb: {{of: thing, {TITLE}, value: c}}\n"
    f"c: {{of: thing, {TITLE}, value: size}}\n"
    f"d: {{of: firm, {TITLE}, sum: part, of_value: paid, via: thing.firm, where: good}}\n"
    f"e: {{of: thing, {TITLE}, value: eligible('m')}}\n"
    f"--- measure\nm: {{{TITLE}, for: thing, frequency: once, discretion: may, "
    f"conditions: {{x: b > 0 and next.ratio > 0}}}}\n"
)


def fact(register: str, name: str) -> Fact:
    return Fact(PACK.facts[register, name].type, register, name)


def test_facts_come_after_those_they_rest_on() -> None:
    assert facts_in_order(PACK, [fact("thing", "a")]) == [("thing", "c"), ("thing", "b"), ("thing", "a")]
    assert facts_in_order(PACK, [fact("thing", "e"), fact("thing", "c")])[-1] == ("thing", "e")


def test_columns_of_paths_areas_and_facts_that_may_be_given() -> None:
    read = columns_read(PACK, [fact("firm", "d")], ["firm"])
    assert read == {
        "firm": {"id", "d", "area"},
        "part": {"id", "thing", "paid", "good"},
        "thing": {"id", "firm"},
        "area": {"id"},
    }


def test_columns_of_the_conditions_of_another_measure() -> None:
    read = columns_read(PACK, [fact("thing", "e")], ["thing"])
    assert read["thing"] == {"id", "e", "b", "c", "size", "next", "ratio", "firm"}
