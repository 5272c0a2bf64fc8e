"""How things are named in the tables."""

from __future__ import annotations

from luoshi.command.simulation.names import BLOCKS, Names
from luoshi.rulebook.explaining.missing import Missing
from luoshi.rulebook.simulating.differing import KINDS, SET, changes_between
from tests.unit.rulebook.simulating.sides import edited, pack, side

OTHER = side(edited("{big: size >= $least, sound:", "{huge: size > 7, sound:"))
ENGLISH = Names(side(), OTHER, {"331124": "one county"}, "en")
CHINESE = Names(side(), OTHER, {}, "zh")


def test_every_kind_of_block_has_a_name() -> None:
    assert {*KINDS, *SET, "day", "policy"} <= set(BLOCKS)
    kinds = {kind for kind, blocks in vars(pack()).items() if hasattr(blocks, "values")} - {"clauses"}
    assert kinds <= {*KINDS, *SET}


def test_areas_funds_and_payers() -> None:
    assert [ENGLISH.area(code) for code in ("331124", "331125", "")] == [
        "331124 one county",
        "331125",
        "no area recorded",
    ]
    assert (ENGLISH.funds("own|other"), ENGLISH.funds("")) == ("own fund / other fund", "no fund named")
    assert (ENGLISH.payers("county|city"), CHINESE.payers("county|city")) == ("the county / the city", "县级 / 市级")
    assert CHINESE.payers("") == "未写明资金"


def test_conditions_of_either_side() -> None:
    assert (
        ENGLISH.conditions("grant-in-aid", "huge|big|amount")
        == "size is above 7; size is at least least size; the amount"
    )
    assert ENGLISH.condition("grant-in-aid", "elsewhere") == "elsewhere"
    assert len(ENGLISH.condition("aged", "aged")) <= 41


def test_what_is_missing_says_of_what_kind() -> None:
    assert ENGLISH.missing("grant-in-aid", Missing("judgement", "part.judged")) == "verdict (human judgement)"
    assert CHINESE.missing("grant-in-aid", Missing("fact", "size")) == "大小（事实）"


def test_changes_and_their_parts() -> None:
    change = changes_between(side(), OTHER)[0]
    assert (ENGLISH.change(change), [ENGLISH.part(change, part) for part in change.parts]) == (
        "grant in aid",
        ["size is above 7", "size is at least least size"],
    )
    assert {ENGLISH.values(change, part) for part in change.parts} == {("", "changed")}
