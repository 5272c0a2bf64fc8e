"""The cost for each value of a range, and the cliff in it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.rulebook.simulating import Curve, applied, read_range, trial, vary
from luoshi.rulebook.simulating.varying import MOST_VALUES, Point, Trial
from tests.unit.rulebook.simulating.sides import settings, side, simulated, tables


def tried(text: str) -> Trial:
    asked = read_range(text, Findings())
    assert asked is not None
    return trial(side(), asked)


def refused(text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        tried(text)
    return [finding.code for finding in caught.value.findings]


def curve(heights: list[tuple[str, int]]) -> Curve:
    points = tuple(Point(place, Decimal(cost), count, 0) for place, (cost, count) in enumerate(heights))
    return Curve("p", "", None, ("m",), points)


def test_a_curve_agrees_with_single_simulations(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    found = vary(tried("least=3:7:1"), tables(), tmp_path / "work")
    assert (found.measures, found.now, found.area) == (("grant-in-aid",), 5, "")
    assert [(point.value, point.cost, point.eligible, point.undetermined) for point in found.points] == [
        (3, Decimal("15.00"), 2, 2),
        (4, Decimal("15.00"), 2, 2),
        (5, Decimal("5.00"), 1, 2),
        (6, Decimal("5.00"), 1, 1),
        (7, Decimal("0.00"), 0, 1),
    ]
    single = simulated(side(), applied(side(), settings("least=4")), tmp_path / "single").sums
    figures = next(line.figures for line in single.measures if line.key == "grant-in-aid")
    assert (found.points[1].cost, found.points[1].eligible) == (figures.cost_after, figures.eligible_after)


@pytest.mark.parametrize("text", ["least=3:7:1", "places=0:2:1", "bar=0:6:2", "share@331125=0.50:0.60:0.05"])
def test_runs_under_a_limit_of_memory_say_the_same(text: str, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    assert vary(tried(text), tables(), tmp_path / "work", memory_limit="1GB") == vary(tried(text), tables(), tmp_path)


def test_how_far_it_is_and_that_nothing_is_written(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    vary(tried("least=3:5:1"), tables("firm"), tmp_path, threads=1, progress=lambda *about: seen.append(about))
    assert seen == [(1, 3, "least"), (2, 3, "least"), (3, 3, "least")]
    with pytest.raises(KeyboardInterrupt):
        vary(tried("least=3:5:1"), tables(), tmp_path, progress=interrupted)
    assert list(tmp_path.iterdir()) == []


def interrupted(done: int, total: int, label: str) -> None:
    raise KeyboardInterrupt


def test_awards_whose_register_nobody_keeps(tmp_path: Path) -> None:
    found = vary(tried("bar=0:6:2"), tables("thing"), tmp_path)
    assert [(point.cost, point.eligible) for point in found.points] == [(0, 0)] * 4


def test_awards_count_their_places(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    found = vary(tried("places=0:2:1"), tables(), tmp_path / "work")
    assert [(point.cost, point.eligible) for point in found.points] == [
        (0, 3),
        (Decimal("100.00"), 3),
        (Decimal("150.00"), 3),
    ]


def test_a_parameter_that_nobody_has_set_has_no_value_now(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    found = vary(tried("share=0.50:0.60:0.05"), tables(), tmp_path / "work")
    assert found.now is None
    assert [point.cost for point in found.points] == [Decimal("5.00"), Decimal("5.50"), Decimal("6.00")]
    other = vary(tried("share@331125=0.50:0.60:0.05"), tables(), tmp_path / "work")
    assert (other.now, other.cost_cliff) == (Decimal("0.50"), None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("least=1:1:1", ["SIM-012"]),
        ("least=2:1:1", ["SIM-012"]),
        ("least=1:2:0", ["SIM-012"]),
        ("least=1:5:-1", ["SIM-012"]),
        (f"least=1:{MOST_VALUES + 1}:1", ["SIM-012"]),
        ("least=a:2:1", ["CASE-015"]),
        ("least=1:b:1", ["CASE-015"]),
        ("least=1:2:0.5", ["CASE-015"]),
        ("share=0.40:1.00:0.10", ["CASE-007"]),
        ("share=0.50:1.00:0.01", ["CASE-007"]),
        ("nothing=1:2:1", ["CASE-004"]),
        ("strict=1:2:1", ["SIM-013"]),
        ("tone=1:2:1", ["SIM-013"]),
        ("idle=1:2:1", ["SIM-011"]),
    ],
)
def test_a_range_that_cannot_be_tried_is_refused(text: str, codes: list[str]) -> None:
    assert refused(text) == codes


def test_the_most_values_are_allowed() -> None:
    assert len(tried(f"least=1:{MOST_VALUES}:1").values) == MOST_VALUES
    assert tried("least=1:6:2").values == (1, 3, 5)


def test_the_cliff_is_the_largest_step() -> None:
    found = curve([("10", 9), ("10", 9), ("4", 7), ("3", 7)])
    cliff = found.cost_cliff
    assert cliff is not None and cliff.is_steep
    assert (cliff.start.value, cliff.end.value, cliff.jump, cliff.per_unit) == (1, 2, -6, -6)
    assert cliff.times == Fraction(18, 7)
    assert found.eligible_cliff is not None and found.eligible_cliff.jump == -2


def test_even_steps_make_no_cliff() -> None:
    cliff = curve([("1", 1), ("2", 1), ("3", 1)]).cost_cliff
    assert cliff is not None and not cliff.is_steep and cliff.times == 1
    assert curve([("1", 1), ("2", 1)]).eligible_cliff is None


@pytest.mark.parametrize(("third", "steep"), [("2.01", False), ("2.00", True)])
def test_twice_the_average_step_is_steep(third: str, steep: bool) -> None:
    cliff = curve([("0", 0), ("2.00", 0), (third, 0)]).cost_cliff
    assert cliff is not None and cliff.is_steep is steep
