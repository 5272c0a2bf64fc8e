"""Runs: a snapshot is decided, its figures are kept, and a run that fails or is cancelled feeds no screen."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from luoshi.office.audit import queries as audit
from luoshi.office.runs import actions, library, local, queries
from luoshi.office.runs.models import Installed, LocalSetting, Run
from luoshi.rulebook import running
from luoshi.rulebook.engines import sql
from luoshi.rulebook.model.findings import Refused
from tests.office.runs.city import PACK, install_city

ON = date(2023, 12, 31)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city, installed once for all tests of this file."""
    folder = tmp_path_factory.mktemp("city") / "data"
    install_city(folder)
    return folder


def _run(on: date = ON) -> Run:
    return actions.carry_out(actions.ask(PACK, on, by="tester").id)


def test_a_run_decides_what_the_engine_decides_on_the_same_rows(city: Path, tmp_path: Path) -> None:
    run = _run()
    assert run.state == Run.State.FINISHED
    pack = actions.decided_pack(Installed.objects.get(pack_id=PACK))
    summary = sql.run(pack, city, ON, tmp_path / "out", local=local.kept(pack))
    assert dict(summary.rows) == run.rows_decided
    whole = queries.figures_of(run, "")
    assert whole.keys() == {measure.id for measure in pack.measures.values()}
    assert sum(one.eligible for one in whole.values()) > 0
    assert sum(one.amount for one in whole.values()) > Decimal(0)


def test_figures_of_counties_add_up_to_the_city(city: Path) -> None:
    run = _run()
    for measure, whole in queries.figures_of(run, "3311").items():
        parts = queries.figures_by_area(run, measure, "3311", 6).values()
        above = queries.figures_by_area(run, measure, "3311", 4)["3311"].eligible - sum(one.eligible for one in parts)
        assert sum(one.eligible for one in parts) <= whole.eligible
        assert above >= 0


def test_the_newest_finished_run_of_a_day_is_the_one_that_is_shown() -> None:
    first, second = _run(), _run()
    earlier = _run(date(2023, 6, 30))
    assert queries.newest_run(PACK, ON) == second != first
    assert queries.newest_run(PACK) == earlier
    assert queries.run_days(PACK) == [ON, date(2023, 6, 30)]
    assert queries.newest_run(PACK, date(2022, 1, 1)) is None


def test_before_its_adoption_a_draft_decides_nothing() -> None:
    run = _run(date(2022, 12, 31))
    assert all(one.eligible == one.undetermined == 0 for one in queries.figures_of(run, "").values())


def test_a_cancelled_run_is_not_carried_out() -> None:
    run = actions.ask(PACK, ON, by="tester")
    actions.cancel(run, by="tester")
    assert actions.carry_out(run.id).state == Run.State.CANCELLED
    assert queries.newest_run(PACK) is None
    assert audit.events("")[0].action == "run.cancel"


def test_a_run_cancelled_on_its_way_ends_at_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    run = actions.ask(PACK, ON, by="tester")

    engine = running.run

    def cancelled(*args: Any, **options: Any) -> sql.RunSummary:
        actions.cancel(run, by="somebody")
        return engine(*args, **options)

    monkeypatch.setattr(actions.running, "run", cancelled)
    assert actions.carry_out(run.id).state == Run.State.CANCELLED
    assert queries.newest_run(PACK) is None


def test_a_run_tells_how_far_it_is_and_ends_at_the_statement_after_it_was_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = _run()
    run.refresh_from_db()
    assert run.steps == run.done > 10
    told: list[tuple[int, int | None]] = []
    tell = actions._tell

    def cancelling(run: Run, step: str, done: int = 0, steps: int | None = None) -> None:
        told.append((done, steps))
        if done == 5:
            actions.cancel(run, by="somebody")
        tell(run, step, done, steps)

    monkeypatch.setattr(actions, "_tell", cancelling)
    assert _run().state == Run.State.CANCELLED
    assert told[-1] == (5, run.steps)


def test_a_finished_run_is_not_carried_out_again() -> None:
    run = _run()
    assert actions.carry_out(run.id).finished_at == Run.objects.get(id=run.id).finished_at
    before = audit.events("")[0].id
    actions.cancel(run, by="tester")
    assert audit.events("")[0].id == before


def test_a_run_that_fails_says_so_and_feeds_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    run = actions.ask(PACK, ON, by="tester")
    monkeypatch.setattr(actions, "MEMORY", "1MB")
    with pytest.raises(Exception, match=r"."):
        actions.carry_out(run.id)
    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert run.problem
    assert queries.newest_run(PACK) is None


def test_the_snapshot_of_a_run_lies_in_its_own_folder() -> None:
    run = _run()
    folder = actions.folder_of(run)
    assert folder.is_relative_to(settings.ENVIRONMENT.data)
    assert (folder / "registers" / "broker.parquet").is_file()
    assert (folder / "results" / "budget.parquet").is_file()


def test_local_values_come_back_as_they_were_kept() -> None:
    pack = library.pack(PACK)
    before = local.kept(pack)
    assert before
    local.keep(pack, before, by="tester")
    after = local.kept(pack)
    assert [(one.name, one.value, one.area, one.start, one.by, one.document) for one in after] == [
        (one.name, one.value, one.area, one.start, one.by, one.document) for one in before
    ]


def test_a_value_that_no_longer_fits_the_pack_is_refused_with_its_name() -> None:
    row = LocalSetting.objects.filter(pack_id=PACK).first()
    assert row is not None
    row.value = "not a number"
    row.save()
    with pytest.raises(Refused) as refused:
        local.kept(library.pack(PACK))
    assert row.name in str(refused.value.findings)
