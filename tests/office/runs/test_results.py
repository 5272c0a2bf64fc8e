"""The subjects behind a figure: as many as it says, with the conditions that their masks name."""

from pathlib import Path

import pytest

from luoshi.office.runs import actions, library, queries, results
from luoshi.office.runs.models import Run
from luoshi.office.runs.results import NotReadable, Subject, missing_by_condition, names_of, subjects
from luoshi.rulebook.model.outcomes import COUNTED, Outcome, amount_bit
from tests.office.runs.city import CITY, ON, PACK, run_city

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a small city, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


def _all(run: Run, measure: str, area: str, outcome: Outcome, size: int = 1_000) -> list[Subject]:
    found, after = [], None
    while True:
        page = subjects(run, measure, area, outcome, after, size)
        found += page.subjects
        if page.after is None:
            return found
        after = page.after


def test_there_are_as_many_subjects_as_the_figure_says(run: Run) -> None:
    for measure, figures in queries.figures_of(run, CITY).items():
        for word, outcome in COUNTED.items():
            assert len(_all(run, measure, CITY, outcome)) == getattr(figures, word), (measure, word)
        paid = [one.amount for one in _all(run, measure, CITY, Outcome.ELIGIBLE) if one.amount is not None]
        assert not figures.amount or sum(paid) == figures.amount


def test_an_area_lists_its_own_subjects_only(run: Run) -> None:
    counties = queries.figures_by_area(run, "new-worker-award", CITY, 6)
    assert len(counties) > 1
    for county, figures in counties.items():
        listed = _all(run, "new-worker-award", county, Outcome.INELIGIBLE)
        assert len(listed) == figures.ineligible
        assert all(one.area.startswith(county) for one in listed)


def test_pages_follow_each_other_without_gap_or_repetition(run: Run) -> None:
    whole = _all(run, "new-worker-award", CITY, Outcome.INELIGIBLE)
    assert len(whole) > 8
    assert _all(run, "new-worker-award", CITY, Outcome.INELIGIBLE, size=7) == whole
    assert [one.id for one in whole] == sorted({one.id for one in whole})


def test_a_page_that_is_just_full_is_the_last(run: Run) -> None:
    whole = _all(run, "new-worker-award", CITY, Outcome.INELIGIBLE)
    assert subjects(run, "new-worker-award", CITY, Outcome.INELIGIBLE, size=len(whole)).after is None


def test_the_bits_of_a_mask_are_the_conditions_in_their_order() -> None:
    for measure in library.pack(PACK).measures.values():
        names = [condition.name for condition in measure.conditions]
        assert names_of(measure, 0) == ()
        assert names_of(measure, 1) == (names[0],)
        assert names_of(measure, (1 << len(names)) - 1) == tuple(names)
        assert names_of(measure, 1 << amount_bit(measure)) == (results.AMOUNT,)


def test_an_outcome_agrees_with_what_is_unmet_and_unknown(run: Run) -> None:
    for measure in library.pack(PACK).measures:
        assert not any(one.unmet or one.unknown for one in _all(run, measure, CITY, Outcome.ELIGIBLE))
        assert all(one.unmet for one in _all(run, measure, CITY, Outcome.INELIGIBLE))
        assert all(one.unknown and not one.unmet for one in _all(run, measure, CITY, Outcome.UNDETERMINED))


def test_what_is_missing_is_counted_by_condition(run: Run) -> None:
    seen = 0
    for measure in library.pack(PACK).measures:
        expected: dict[str, int] = {}
        for one in _all(run, measure, CITY, Outcome.UNDETERMINED):
            for name in one.unknown:
                expected[name] = expected.get(name, 0) + 1
        assert missing_by_condition(run, measure, CITY) == expected
        seen += len(expected)
    assert seen


def test_beyond_the_city_there_is_nobody(run: Run) -> None:
    assert subjects(run, "new-worker-award", "6211", Outcome.INELIGIBLE).subjects == ()
    assert missing_by_condition(run, "new-worker-award", "6211") == {}


def test_a_register_of_divisions_has_nobody_beyond_either(run: Run) -> None:
    """Its ids are texts, and none of them is found: the list is empty all the same."""
    assert subjects(run, "excellent-county", "6211", Outcome.ELIGIBLE).subjects == ()


def test_results_of_another_version_of_the_policy_are_not_read(run: Run) -> None:
    other = Run(id=run.id, pack_id=PACK, pack_hash="another", on=ON)
    with pytest.raises(NotReadable):
        subjects(other, "new-worker-award", CITY, Outcome.ELIGIBLE)


def test_results_that_are_gone_are_not_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "folder_of", lambda run: tmp_path)
    with pytest.raises(NotReadable):
        missing_by_condition(run, "new-worker-award", CITY)
