"""What leaves subjects undetermined, and what may be missing behind it."""

from __future__ import annotations

from pathlib import Path

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.simulating import Overlay, applied
from luoshi.rulebook.simulating.undecided import Absent, Undecided
from tests.unit.rulebook.packs import pack_of
from tests.unit.rulebook.simulating.sides import edited, pack, side, simulated

KEPT = ("thing", "part", "firm", "area")


def behind(of: Pack, measure: str, kept: tuple[str, ...] = KEPT, condition: int = 0) -> list[tuple[str, str]]:
    definition = of.measures[measure]
    found = Absent(side(of), kept).behind(definition.conditions[condition].test, definition.register)
    return [(item.kind, item.name) for item in found]


def test_unknown_conditions_are_counted_before_and_after(tmp_path: Path) -> None:
    found = simulated(side(), applied(side(), Overlay(off=("grant-in-aid.sound",))), tmp_path).undecided
    assert [(item.measure, item.condition, item.before, item.after) for item in found] == [
        ("grant-in-aid", "big", 1, 1),
        ("grant-in-aid", "sound", 1, 0),
        ("grant-in-aid", "amount", 1, 1),
    ]
    assert [(lack.kind, lack.name) for lack in found[1].missing] == [
        ("judgement", "part.judged"),
        ("fact", "part.good"),
    ]
    assert isinstance(found[0], Undecided)


def test_a_condition_that_only_one_side_has_is_counted_there(tmp_path: Path) -> None:
    other = side(edited("{big: size >= $least, sound:", "{huge: size > 7, sound:"))
    found = simulated(side(), other, tmp_path).undecided
    counts = {item.condition: (item.before, item.after) for item in found if item.measure == "grant-in-aid"}
    assert counts == {"huge": (0, 1), "sound": (1, 0), "amount": (1, 1), "big": (1, 0)}


def test_what_nobody_keeps_comes_first_then_judgements_then_fields() -> None:
    assert behind(pack(), "grant-in-aid", condition=1) == [("judgement", "part.judged"), ("fact", "part.good")]
    assert behind(pack(), "grant-in-aid", ("thing",), condition=1)[0] == ("fact", "part")


def test_a_measure_and_a_table_behind_a_condition() -> None:
    assert behind(pack(), "follower") == [("fact", "good"), ("parameter", "bands"), ("fact", "size")]


def test_an_id_and_what_has_not_ended_are_never_missing_and_each_thing_comes_once() -> None:
    flags = "title: BOTH, for: thing, frequency: once, discretion: may"
    of = pack_of(
        f'measure\nm: {{{flags}, conditions: {{a: "on_date < ended or twice > 1 and twice < 5"}}}}\n'
        f"n: {{{flags}, conditions: {{a: \"eligible('m') or eligible('m')\"}}}}\n"
        "--- fact\ntwice: {of: thing, title: BOTH, value: size}\n"
    )
    assert behind(of, "m") == behind(of, "n") == [("fact", "size")]


def test_a_parameter_is_missing_where_no_locality_has_set_it() -> None:
    flags = "title: BOTH, for: thing, frequency: once, discretion: may"
    of = pack_of(
        f"measure\nm: {{{flags}, conditions: {{a: ratio < $share and good}}}}\n"
        f"n: {{{flags}, conditions: {{a: $tone = 'red'}}}}\n"
    )
    assert behind(of, "n") == [("parameter", "tone")]
    assert behind(of, "m") == [("fact", "ratio"), ("parameter", "share"), ("fact", "good")]
