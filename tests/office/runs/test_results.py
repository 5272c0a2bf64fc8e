"""The subjects behind a figure: as many as it says, with the conditions that their masks name."""

from pathlib import Path

import pytest

from luoshi.office.registry.store import KeptStore
from luoshi.office.runs import actions, library, local, queries, results
from luoshi.office.runs.models import Run
from luoshi.office.runs.results import NotReadable, Subject, missing_by_condition, names_of, subjects, told_rows
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.outcomes import COUNTED, FULFILMENTS, Outcome, State, amount_bit
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


def _told(run: Run, duty: str, area: str, state: State, size: int = 1_000) -> list[int | str]:
    found: list[int | str] = []
    while True:
        page = told_rows(run, duty, area, state, found[-1] if found else None, size)
        found += [one.id for one in page.subjects]
        if page.after is None:
            return found
        assert page.after == found[-1]


def test_as_many_rows_tell_of_a_duty_as_are_counted(run: Run) -> None:
    told = queries.duties_of(run, CITY)
    answerable = {duty.id for duty in library.pack(PACK).duties.values() if duty.done is not None}
    assert told.keys() == answerable
    assert {word for states in told.values() for word in FULFILMENTS.values() if getattr(states, word)} >= {"done"}
    for duty, states in told.items():
        for state, word in FULFILMENTS.items():
            assert len(_told(run, duty, CITY, state)) == getattr(states, word), (duty, word)


def test_areas_below_tell_of_a_duty_for_themselves(run: Run) -> None:
    for duty, whole in queries.duties_of(run, CITY).items():
        counties = queries.duty_by_area(run, duty, CITY, 6)
        for word in FULFILMENTS.values():
            assert sum(getattr(states, word) for states in counties.values()) <= getattr(whole, word)
        for county, states in counties.items():
            assert queries.duties_of(run, county)[duty] == states
            assert len(_told(run, duty, county, State.MET)) == states.done


def test_the_case_engine_says_the_same_of_each_row(run: Run) -> None:
    pack = library.pack(PACK)
    engine = CaseEngine(pack, ON, local.settings_of(pack, ON))
    for duty in queries.duties_of(run, CITY):
        register = pack.duties[duty].register or ""
        for state, word in FULFILMENTS.items():
            for one in told_rows(run, duty, CITY, state, size=2).subjects:
                told = engine.duties(engine.start(KeptStore(pack)), register, one.id)
                assert word in [item.state for item in told if item.duty.id == duty], (duty, one.id)


def test_a_duty_that_no_register_tells_of_has_no_rows(run: Run) -> None:
    silent = next(duty.id for duty in library.pack(PACK).duties.values() if duty.done is None)
    for unknown in (silent, "nothing"):
        with pytest.raises(NotReadable):
            told_rows(run, unknown, CITY, State.MET)
