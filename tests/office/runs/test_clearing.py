"""Old runs leave their figures and no files."""

from datetime import date, timedelta

import pytest

from luoshi.office.audit import queries as audit
from luoshi.office.runs import actions, clearing
from luoshi.office.runs.models import Installed, Run

pytestmark = pytest.mark.usefixtures("database")
PACK = "some-pack"


@pytest.fixture(autouse=True)
def installed(database: None) -> None:
    Installed.objects.create(pack_id=PACK, installed_by="tester")


def _run(on: date, state: str = Run.State.FINISHED) -> Run:
    run = Run.objects.create(pack_id=PACK, pack_hash="x", on=on, state=state, asked_by="tester")
    (actions.folder_of(run) / "results").mkdir(parents=True)
    return run


def _is_there(run: Run) -> bool:
    return actions.folder_of(run).is_dir()


def test_the_newest_and_the_last_of_each_month_stay() -> None:
    runs = [_run(date(2023, 1, 1) + timedelta(days=day)) for day in range(60)]
    again = _run(date(2023, 1, 31))
    clearing.clear(by="tester")
    kept = [run.on for run in runs if _is_there(run)]
    assert kept == [date(2023, 2, 24) + timedelta(days=day) for day in range(6)]
    assert _is_there(again)
    assert Run.objects.count() == 61
    assert audit.events("")[0].action == "run.clear"


def test_of_the_last_day_of_a_month_the_newest_run_stays() -> None:
    first, second = _run(date(2023, 1, 31)), _run(date(2023, 1, 31))
    later = [_run(date(2023, 3, 1)) for _ in range(clearing.NEWEST)]
    clearing.clear(by="tester")
    assert (_is_there(first), _is_there(second)) == (False, True)
    assert all(map(_is_there, later))


def test_runs_under_way_stay_and_those_that_came_to_nothing_go() -> None:
    states = {state: _run(date(2023, 1, 1), state) for state in Run.State.values}
    clearing.clear(by="tester")
    assert {state for state, run in states.items() if _is_there(run)} == {"waiting", "running", "finished"}


def test_folders_that_no_run_knows_go_and_nothing_else_does() -> None:
    run = _run(date(2023, 1, 1))
    stray = actions.folder_of(run).with_name("999999")
    other = actions.folder_of(run).with_name("notes")
    stray.mkdir()
    other.mkdir(exist_ok=True)
    assert 999999 in clearing.clear(by="tester")
    assert not stray.exists() and other.is_dir() and _is_there(run)


def test_where_nothing_goes_nothing_is_told() -> None:
    _run(date(2023, 1, 1))
    clearing.clear(by="tester")
    events = audit.events("")
    assert clearing.clear(by="tester") == ()
    assert audit.events("") == events
