"""What undetermined subjects wait for: worked out for whole registers, as the case engine tells it one by one."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from luoshi.office.registry.store import KeptStore
from luoshi.office.runs import actions, library, local
from luoshi.office.runs.models import Installed, Run
from luoshi.office.runs.results import subjects
from luoshi.office.worklists import queries, refreshing
from luoshi.office.worklists.gaps import Name, gap_file, waiting
from luoshi.office.worklists.models import Gap
from luoshi.office.worklists.snapshots import written
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.missing import missing_of
from luoshi.rulebook.model.outcomes import Outcome
from tests.office.worklists.place import CITY, ON, PACK, followed_city

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return followed_city(tmp_path_factory.mktemp("city") / "data")


def _found(run: Run) -> dict[tuple[str, int], set[Name]]:
    """By measure and subject, everything that is listed as missing."""
    found: dict[tuple[str, int], set[Name]] = {}
    for file in refreshing.gap_folder(run).iterdir():
        for row in pq.read_table(file, columns=["measure", "subject"]).to_pylist():
            found.setdefault((row["measure"], row["subject"]), set()).add(Name(*file.stem.split("~")))
    return found


def test_everything_the_case_engine_misses_is_listed(run: Run) -> None:
    pack = actions.decided_pack(Installed.objects.get(pack_id=PACK), ON)
    engine, found, seen = CaseEngine(pack, ON, local.settings_of(pack, ON)), _found(run), set()
    for measure in pack.measures.values():
        for one in subjects(run, measure.id, CITY, Outcome.UNDETERMINED, size=3).subjects:
            decision = engine.decide(KeptStore(pack), measure.register, one.id)
            item = next(each for each in decision.determinations if each.measure.id == measure.id)
            listed = found[measure.id, int(one.id)]
            for missing in missing_of(item):
                owner, _, name = missing.name.rpartition(".")
                kinds = {"parameter": Name("parameter", "", missing.name)}
                wanted = kinds.get(missing.kind, Name(missing.kind, owner or measure.register, name))
                if wanted not in listed:
                    assert Name("other", measure.register, measure.id) in listed, (measure.id, missing, listed)
                seen.add(missing.kind)
    assert seen == {"fact", "judgement", "parameter"}


def test_every_undetermined_subject_waits_for_something(run: Run) -> None:
    found = _found(run)
    for measure in library.pack(PACK).measures.values():
        for one in subjects(run, measure.id, CITY, Outcome.UNDETERMINED, size=500).subjects:
            assert (measure.id, int(one.id)) in found


def test_sums_of_areas_are_the_sum_of_the_whole_and_their_rows_are_listed(run: Run) -> None:
    sums = queries.gap_sums(run, CITY)
    assert [one.decisions for one in sums] == sorted((one.decisions for one in sums), reverse=True)
    for one in sums[:6]:
        parts = Gap.objects.filter(run=run, kind=one.name.kind, register=one.name.register, name=one.name.name)
        assert one.rows == sum(parts.filter(area__startswith=CITY).values_list("rows", flat=True))
        listed, after = [], None
        while True:
            page = queries.gap_rows(run, one.name, CITY, after, 200)
            listed += [row for row, _ in page.rows]
            assert all(area.startswith(CITY) for _, area in page.rows)
            if page.after is None:
                break
            after = page.after
        assert len(listed) == len(set(listed))
        assert len(listed) == one.rows


def test_a_listed_field_is_blank(run: Run) -> None:
    pack = library.pack(PACK)
    for one in queries.gap_sums(run, CITY):
        if one.name.kind in {"fact", "judgement"} and one.name.name:
            row = queries.gap_rows(run, one.name, CITY, size=1).rows[0][0]
            kept = KeptStore(pack).row(one.name.register, written(one.name.register, row))
            assert kept is not None and kept.get(one.name.name) is None, one.name


def test_rows_of_another_area_are_not_listed(run: Run) -> None:
    name = next(one.name for one in queries.gap_sums(run, CITY) if one.name.kind == "judgement" and one.rows > 100)
    areas = {area for _, area in queries.gap_rows(run, name, CITY, size=1000).rows}
    county = min(areas)[:6]
    assert {area[:6] for _, area in queries.gap_rows(run, name, county, size=1000).rows} == {county}


def test_what_waits_is_counted_once(tmp_path: Path) -> None:
    file = gap_file(tmp_path, Name("fact", "person", "name"))
    rows = [(1, "33", 7, "a"), (1, "33", 7, "b"), (2, "33", 7, "a"), (1, "34", 8, "a")]
    columns = ["row", "area", "subject", "measure"]
    pq.write_table(pa.table({name: [row[place] for row in rows] for place, name in enumerate(columns)}), file)
    found = waiting(file)
    assert found["33"] == (2, 1, {"a": 1, "b": 1})
    assert found["34"] == (1, 1, {"a": 1})


def test_a_run_is_followed_once_and_an_older_day_never(run: Run) -> None:
    assert refreshing.run_to_follow(PACK) is None
    Run.objects.create(
        pack_id=PACK, pack_hash=run.pack_hash, on=date(2023, 6, 30), state=Run.State.FINISHED, asked_by="tester"
    )
    assert refreshing.run_to_follow(PACK) is None
    assert not refreshing.refresh(run, run.asked_at)


def test_a_run_without_files_changes_nothing(run: Run) -> None:
    lost = Run.objects.create(
        pack_id=PACK, pack_hash=run.pack_hash, on=date(2024, 6, 30), state=Run.State.FINISHED, asked_by="tester"
    )
    assert refreshing.run_to_follow(PACK) == lost
    assert not refreshing.refresh(lost, run.asked_at)
    assert refreshing.run_to_follow(PACK) is None
    assert queries.followed_run(PACK) == run
    assert ds.dataset(list(refreshing.gap_folder(run).iterdir())).count_rows() > 0
