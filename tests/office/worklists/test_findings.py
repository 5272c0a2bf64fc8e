"""Findings follow runs: new, settled, found again; what people do about them is kept, with its history."""

import shutil
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils import timezone

from luoshi.office.audit.queries import first_broken
from luoshi.office.runs import actions as runs
from luoshi.office.runs import library, local
from luoshi.office.runs.models import Installed, Run
from luoshi.office.worklists import actions, bounding, findings, jobs, queries, refreshing
from luoshi.office.worklists.actions import Handling
from luoshi.office.worklists.errors import WrongHandling
from luoshi.office.worklists.models import Finding, FindingEvent, Refreshed
from luoshi.office.worklists.rechecking import still
from luoshi.rulebook.engines.sql import result_files
from tests.office.worklists.place import CITY, ON, PACK, followed_city

pytestmark = pytest.mark.usefixtures("database")
CHECK = "fees-overdue"


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return followed_city(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture
def finding(run: Run) -> Finding:
    return queries.findings(library.pack(PACK), CITY, CITY, check=CHECK)[0]


def _still(finding: Finding) -> str:
    pack = runs.decided_pack(Installed.objects.get(pack_id=PACK), ON)
    return still(pack, local.settings_of(pack, ON), ON, finding)


def _most_found(run: Run) -> tuple[str, queries.CheckCounts]:
    """The check that found most, with its counts."""
    counts = queries.check_counts(library.pack(PACK), run, CITY, CITY)
    return max(counts.items(), key=lambda item: item[1].open)


def _counties(check: str) -> set[str]:
    return {one.area[:6] for one in Finding.objects.filter(check_id=check)}


def _correct(finding: Finding) -> None:
    """What the check looks at is put right, in the register."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lishui_draft.fee SET paid_date = due_date WHERE id = %s", [finding.row_id])


def _handle(finding: Finding, state: str, note: str = "已核实") -> Finding:
    return actions.handle(finding, Handling(state, note), by="chen", now=timezone.now())


def _again(finding: Finding, *, found: bool = True) -> Run:
    """A next run, as it would be: it finds what the first one found, or all but this."""
    before = finding.since
    later = Run.objects.create(
        pack_id=PACK, pack_hash=before.pack_hash, on=ON, state=Run.State.FINISHED, asked_by="tester"
    )
    later.started_at = timezone.now()
    shutil.rmtree(runs.folder_of(later), ignore_errors=True)
    shutil.copytree(runs.folder_of(before) / "results", runs.folder_of(later) / "results")
    if not found:
        (file,) = result_files(runs.folder_of(later) / "results", finding.register)
        rows, name = pq.read_table(file), f"{finding.check_id}.state"
        states = pc.if_else(pc.equal(rows["id"], finding.row_id), pa.scalar(0, pa.uint8()), rows[name])
        pq.write_table(rows.set_column(rows.column_names.index(name), name, states), file)
    findings.follow(library.pack(PACK), later, timezone.now())
    finding.refresh_from_db()
    return later


def test_a_run_finds_as_many_as_its_figures_say(run: Run) -> None:
    pack = library.pack(PACK)
    counts = queries.check_counts(pack, run, CITY, CITY)
    assert sum(one.open for one in counts.values()) == Finding.objects.filter(area__startswith=CITY).count() > 20
    assert any(one.unknown for one in counts.values())
    for check, one in counts.items():
        assert queries.findings(pack, CITY, CITY, check=check).count() == one.open
    assert not FindingEvent.objects.exists()


def test_more_than_people_can_work_through_is_counted_and_comes_up_later(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    check, counts = _most_found(run)
    monkeypatch.setattr(bounding, "MOST_OPEN", 1)
    Finding.objects.all().delete()
    findings.follow(library.pack(PACK), run, timezone.now())
    now = queries.check_counts(library.pack(PACK), run, CITY, CITY)[check]
    assert (now.open, now.listed) == (counts.open, len(_counties(check))) and now.listed < now.open
    there = Finding.objects.filter(check_id=check, area__startswith=max(_counties(check)))
    first = there.get()
    _handle(first, "no_problem")
    _again(first)
    assert [one.state for one in there.order_by("id")] == ["no_problem", "new"], "the next comes up, none is settled"


def test_the_case_engine_finds_what_the_run_found(run: Run) -> None:
    for check in queries.check_counts(library.pack(PACK), run, CITY, CITY):
        for one in Finding.objects.filter(check_id=check)[:2]:
            assert _still(one) == "found", check


def test_a_corrected_row_is_clear_now(finding: Finding) -> None:
    _correct(finding)
    assert _still(finding) == "clear"
    actions.note_check(finding, "clear", by="chen", now=timezone.now())
    assert finding.events.get().still == "clear"
    Finding.objects.filter(id=finding.id).update(row_id=10**15)
    finding.refresh_from_db()
    assert _still(finding) == "gone"


def test_a_run_settles_what_it_no_longer_finds_and_the_next_may_find_it_again(finding: Finding) -> None:
    _handle(finding, "no_problem")
    later, pack = _again(finding, found=False), library.pack(PACK)
    assert finding.settled == later and not finding.is_open
    assert finding not in queries.findings(pack, CITY, CITY)
    assert finding in queries.findings(pack, CITY, CITY, "settled")
    assert Finding.objects.filter(settled=later).count() == 1
    with pytest.raises(WrongHandling):
        _handle(finding, "looking")
    again = _again(finding)
    assert finding.is_open and finding.settled is None and finding.state == "new"
    told = [(each.kind, each.run, each.by) for each in finding.events.order_by("id")]
    assert told == [("moved", None, "chen"), ("settled", later, "system"), ("found_again", again, "system")]


def test_what_people_decided_stays_when_it_is_found_again(finding: Finding) -> None:
    for state in ("no_problem", "measure_taken"):
        _handle(finding, state)
        _again(finding)
        assert finding.state == state


def test_what_was_said_to_be_corrected_and_is_found_again_is_new(finding: Finding) -> None:
    _handle(finding, "corrected")
    _again(finding)
    assert finding.state == "new" and finding.holder == ""
    assert [each.kind for each in finding.events.order_by("id")] == ["moved", "found_again"]


def test_what_was_corrected_after_the_run_had_read_it_stays_so(finding: Finding) -> None:
    _handle(finding, "corrected")
    Finding.objects.filter(id=finding.id).update(handled_at=timezone.now() + timedelta(hours=1))
    _again(finding)
    assert finding.state == "corrected"


def test_handling_is_kept_with_its_history_and_counted(run: Run, finding: Finding) -> None:
    open_ones = queries.check_counts(library.pack(PACK), run, CITY, CITY)[CHECK].open
    assert _handle(finding, "looking", "").holder == "chen"
    _handle(finding, "looking", "")
    _handle(finding, "no_problem", "发票日期写错")
    assert [(each.kind, each.state, each.note) for each in finding.events.order_by("id")] == [
        ("moved", "looking", ""),
        ("moved", "no_problem", "发票日期写错"),
    ]
    assert queries.check_counts(library.pack(PACK), run, CITY, CITY)[CHECK].open == open_ones - 1
    assert first_broken() is None


@pytest.mark.parametrize(("state", "note"), [("no_problem", " "), ("refused", "x"), ("looking", "长" * 501)])
def test_a_step_that_cannot_be_taken_changes_nothing(finding: Finding, state: str, note: str) -> None:
    with pytest.raises(WrongHandling):
        _handle(finding, state, note)
    finding.refresh_from_db()
    assert finding.state == "new" and not finding.events.exists()


def test_findings_of_another_county_are_not_found(finding: Finding) -> None:
    pack = library.pack(PACK)
    counties = {one.area[:6] for one in Finding.objects.exclude(area="")}
    other = next(county for county in counties if not finding.area.startswith(county))
    assert queries.find_finding(pack, finding.area[:6], finding.id) == finding
    assert queries.find_finding(pack, other, finding.id) is None
    assert {one.area[:6] for one in queries.findings(pack, other, other)} == {other}


def test_the_job_follows_runs_that_nobody_has_followed(run: Run) -> None:
    Refreshed.objects.all().delete()
    jobs.follow(0)
    assert queries.followed_run(PACK) == run
    assert refreshing.run_to_follow(PACK) is None
