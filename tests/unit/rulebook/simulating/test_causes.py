"""Why an outcome changes: the conditions that come out otherwise and the changed blocks behind them."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.model.outcomes import State
from luoshi.rulebook.simulating import Overlay, Side, applied
from luoshi.rulebook.simulating.causes import Causes, Verdict, states
from luoshi.rulebook.simulating.differing import changes_between
from tests.unit.rulebook.simulating.sides import edited, pack, settings, side

MET, UNMET, OPEN = Verdict(1, 0, 0), Verdict(2, 1, 0), Verdict(3, 0, 1)


def causes(overlay: Overlay, other: Side | None = None) -> Causes:
    before = side()
    after = applied(before, overlay, other)
    return Causes(before, after, changes_between(before, after))


def told(
    of: Causes, measure: str, before: Verdict, after: Verdict, *, differs: bool = False
) -> tuple[list[str], list[str]]:
    why = of.why(measure, before, after, amount_differs=differs)
    assert all(clause == "1/1" or clause == "0/1" for clause in why.clauses)
    return list(why.conditions), [change.name for change in why.changes]


def test_only_what_rests_on_a_change_is_touched() -> None:
    assert causes(settings("share=0.80")).touched() == ["grant-in-aid"]
    assert causes(settings("grant=1.00")).touched() == ["flat"]
    assert causes(settings("places=2")).touched() == ["best"]
    assert causes(Overlay(off=("flat.good",))).touched() == ["flat", "follower"]
    assert causes(Overlay(on=("old",))).touched() == ["old"]


def test_a_flipped_condition_names_the_changes_it_rests_on() -> None:
    of = causes(settings("least=4", "share=0.80", "strict=false"))
    assert told(of, "grant-in-aid", UNMET, MET) == (["big"], ["least"])
    assert told(of, "grant-in-aid", Verdict(3, 0, 2), MET) == (["sound"], ["strict"])
    assert told(of, "grant-in-aid", Verdict(2, 3, 0), OPEN) == (["big", "sound"], ["least", "strict"])
    assert told(of, "grant-in-aid", MET, MET, differs=True) == (["amount"], ["share"])
    assert told(of, "grant-in-aid", Verdict(3, 0, 4), MET) == (["amount"], ["share"])


def test_an_amount_that_was_never_looked_at_is_no_cause() -> None:
    of = causes(settings("least=4", "share=0.80"))
    assert told(of, "grant-in-aid", UNMET, Verdict(3, 0, 4)) == (["big"], ["least"])


def test_a_changed_measure_is_the_cause_of_its_own_conditions_only() -> None:
    other = side(edited("{big: size >= $least, sound:", "{huge: size > 7, sound:"))
    of = causes(Overlay(), other)
    assert told(of, "grant-in-aid", UNMET, MET) == (["huge", "big"], ["grant-in-aid"])
    assert told(of, "grant-in-aid", Verdict(3, 0, 2), Verdict(1, 0, 0))[0] == ["huge", "sound", "big"]


def test_rounding_is_a_cause_of_the_amount() -> None:
    other = side(edited("  amount: price * $share\n", "  amount: price * $share\n  rounding: {to: 1, mode: down}\n"))
    assert told(causes(Overlay(), other), "grant-in-aid", MET, MET, differs=True) == (["amount"], ["grant-in-aid"])


def test_coming_into_force_is_caused_by_the_measure_or_the_day() -> None:
    assert told(causes(Overlay(on=("old",))), "old", Verdict(0, 0, 0), MET) == ([], ["old"])
    of = causes(Overlay(day=date(2018, 12, 31)))
    assert "old" in of.touched()
    assert told(of, "old", Verdict(0, 0, 0), MET) == ([], ["day"])


def test_a_measure_that_comes_or_goes_is_its_own_cause() -> None:
    without = edited(
        "praise: {title: BOTH, for: thing, conditions: {big: size > $bar}, frequency: once, discretion: may}\n", ""
    )
    of = causes(Overlay(), side(without))
    assert of.touched() == ["praise"]
    assert told(of, "praise", MET, Verdict(0, 0, 0)) == ([], ["praise"])


def test_states_are_named() -> None:
    assert states(pack().measures["grant-in-aid"], Verdict(2, 1, 2)) == {"big": State.UNMET, "sound": State.UNKNOWN}
