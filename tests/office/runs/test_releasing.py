"""Proving an edition and letting it decide: findings, what does not fit here, a trial, tables, runs by their day."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.office.accounts.roles import Scope
from luoshi.office.editions import actions as editions
from luoshi.office.editions.errors import NotNow
from luoshi.office.editions.models import Activation, Edition
from luoshi.office.registry.errors import Refused
from luoshi.office.runs import actions, jobs, library, proving, queries, releasing, trial
from luoshi.office.runs.models import Installed, LocalSetting, Run
from tests.office.editions.packing import PACK, files_with
from tests.office.runs.city import run_city

pytestmark = pytest.mark.usefixtures("database")

ON, TODAY = date(2023, 12, 31), date(2026, 3, 1)
CITY = Scope("3311")
DOUBLED = ("  amount: $new_worker_award_sum", "  amount: $new_worker_award_sum * 2")
AWARD = "new-worker-award"


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city, installed and run once for all tests of this file."""
    folder = tmp_path_factory.mktemp("city") / "data"
    run_city(folder)
    return folder


def _proved(old: str = "", new: str = "") -> Edition:
    edition = editions.upload(files_with(old, new), "", CITY, by="chen")
    proving.prove(edition.id, TODAY)
    edition.refresh_from_db()
    return edition


def test_a_sound_edition_is_tried_out_on_the_newest_snapshot() -> None:
    edition = _proved(*DOUBLED)
    assert (edition.state, edition.findings, edition.obstacles) == (Edition.State.SIMULATED, [], [])
    assert edition.trial is not None
    found = trial.read_trial(edition.trial)
    figures = found.by_measure()[AWARD]
    assert figures.cost_after == 2 * figures.cost_before > 0
    assert found.touched == (AWARD,)
    assert sum(one.cost_after for one in found.by_area().values()) == found.total.cost_after
    assert max(len(cell.area) for cell in found.cells) == len("331122")
    part = found.within("331122")
    assert {cell.area for cell in part.cells} == {"331122"}
    assert not part.causes


def test_findings_come_all_at_once_with_the_lines_they_are_about() -> None:
    edition = _proved("value: workers_year >= $scale_workers", "value: workers_year >= $scale_wrkers")
    assert edition.state == Edition.State.FAULTY
    found = next(one for one in edition.findings if one["code"] == "EXPR-031")
    assert found["file"] == "1-opinions.md"
    assert "$scale_wrkers" in found["source"]
    assert found["zh"] != found["en"]
    with pytest.raises(NotNow, match="state"):
        releasing.release(edition, TODAY, "", by="li", today=TODAY)


EXAMPLE = """# 意见 · Opinions

## 二、总体目标 · Overall targets

```yaml example
L1 four centres of which two count:
  as_of: 2025-12-31
  as_if_in_force: true
  subject: area
  fields: {level: city}
  rows: {service_centre: [{floor_area: 500, persons_reached: 1001}]}
  expect: {g2-service-centres: unmet, facts: {centres_for_goal: FOUND}}
```
"""


@pytest.mark.parametrize(("found", "state"), [("1", Edition.State.SIMULATED), ("2", Edition.State.FAULTY)])
def test_examples_that_do_not_come_out_hold_the_edition_back(found: str, state: str) -> None:
    files = files_with(*DOUBLED) | {"examples/1-opinions.md": EXAMPLE.replace("FOUND", found).encode()}
    edition = editions.upload(files, "", CITY, by="chen")
    proving.prove(edition.id, TODAY)
    edition.refresh_from_db()
    assert (edition.state, edition.findings, edition.examples["count"]) == (state, [], 1)
    for failed in edition.examples["failed"]:
        assert (failed["file"], failed["line"]) == ("examples/1-opinions.md", 6)
        assert any("centres_for_goal" in problem for problem in failed["problems"])


def test_a_field_of_another_type_is_found_before_and_nothing_is_changed() -> None:
    edition = _proved("local_worthy: {type: bool,", "local_worthy: {type: date,")
    assert (edition.state, edition.findings) == (Edition.State.FAULTY, [])
    assert [(one["kind"], one["register"], one["column"]) for one in edition.obstacles] == [
        ("shape", "broker", "local_worthy")
    ]


def test_rows_that_a_new_rule_would_not_allow_are_found_before_and_nothing_is_changed() -> None:
    edition = _proved(
        "codes: {cluster: {zh: 集聚点, en: cluster}, base: {zh: 基地, en: base}}",
        "codes: {cluster: {zh: 集聚点, en: cluster}, basis: {zh: 基地, en: base}}",
    )
    assert (edition.state, edition.findings) == (Edition.State.FAULTY, [])
    assert [(one["kind"], one["register"]) for one in edition.obstacles] == [("rows", "cluster")]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lishui_draft.cluster SET kind = 'base' WHERE kind = 'base'")
        assert cursor.rowcount > 0


def test_a_value_that_a_locality_has_set_and_that_no_longer_fits_holds_it_back() -> None:
    row = LocalSetting.objects.filter(pack_id=PACK, name="interest_share").order_by("id").first()
    assert row is not None
    row.value = "0.55"
    row.save()
    old = "    min: 0.50\n    max: 1.00\n    step: 0.01\n    instrument: {zh: 财政部门的贴息办法"
    edition = _proved(old, old.replace("0.50", "0.60"))
    assert edition.state == Edition.State.FAULTY
    assert {one["kind"] for one in edition.obstacles} == {"local"}
    Edition.objects.filter(id=edition.id).update(state=Edition.State.CHECKED)
    edition.refresh_from_db()
    with pytest.raises(NotNow, match="local"):
        releasing.release(edition, TODAY, "", by="li", today=TODAY)
    assert not Activation.objects.filter(edition=edition).exists()


def test_a_look_that_breaks_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = editions.upload(files_with(*DOUBLED), "", CITY, by="chen")
    monkeypatch.setattr(actions, "MEMORY", "1MB")
    with pytest.raises(Exception, match=r"."):
        proving.prove(edition.id, TODAY)
    edition.refresh_from_db()
    assert edition.state == Edition.State.BROKEN


def test_each_day_is_decided_by_the_edition_of_that_day() -> None:
    edition = _proved(*DOUBLED)
    old = library.pack(PACK, ON).hash
    releasing.release(edition, TODAY, "丽政发〔2026〕1号", by="li", today=TODAY)
    runs = [actions.carry_out(actions.ask(PACK, on, by="tester").id) for on in (ON, TODAY)]
    assert [run.pack_hash for run in runs] == [old, edition.digest]
    assert [library.pack_of(run) for run in runs] == [library.shipped(PACK), library.of_edition(edition)]
    assert all(run.state == Run.State.FINISHED for run in runs)
    assert queries.figures_of(runs[1], "").keys() == library.of_edition(edition).measures.keys()


def test_a_run_that_waited_when_the_edition_changed_says_by_which_it_decided() -> None:
    run = actions.ask(PACK, TODAY, by="tester")
    edition = _proved(*DOUBLED)
    releasing.release(edition, TODAY, "", by="li", today=TODAY)
    assert actions.carry_out(run.id).pack_hash == edition.digest


def test_released_for_today_it_is_run_anew_and_for_later_it_is_not() -> None:
    edition = _proved(*DOUBLED)
    jobs.release(edition, date(2026, 4, 1), "", by="li", today=TODAY)
    assert not Run.objects.filter(state=Run.State.WAITING).exists()
    jobs.release(edition, TODAY, "", by="li", today=TODAY)
    assert Run.objects.get(state=Run.State.WAITING).on == TODAY


def test_a_new_field_is_a_new_column() -> None:
    field = "    status:\n      type: code\n      title: {zh: 状态, en: status}\n      codes:\n        candidate:"
    new = "    has_booth: {type: bool, title: {zh: 有摊位, en: has a booth}}\n" + field
    edition = _proved(field, new)
    if edition.findings:
        pytest.fail(str(edition.findings[:2]))
    releasing.release(edition, TODAY, "", by="li", today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_booth FROM lishui_draft.broker LIMIT 1")
        assert cursor.fetchone() == (None,)


def test_a_draft_is_released_only_with_the_document_that_adopts_it() -> None:
    Installed.objects.filter(pack_id=PACK).update(adopted_on=None, adoption="")
    edition = _proved(*DOUBLED)
    with pytest.raises(NotNow, match="adoption"):
        releasing.release(edition, TODAY, "", by="li", today=TODAY)
    assert not Activation.objects.filter(edition=edition).exists()
    releasing.release(edition, TODAY, "丽政发〔2026〕1号", by="li", today=TODAY)
    installed = Installed.objects.get(pack_id=PACK)
    assert (installed.adopted_on, installed.adoption) == (TODAY, "丽政发〔2026〕1号")
    assert actions.decided_pack(installed, TODAY).policy.in_force(TODAY)


def test_what_contradicts_the_tables_when_it_is_released_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = _proved(*DOUBLED)

    def refused(packs: object) -> None:
        raise Refused([])

    monkeypatch.setattr(releasing, "build", refused)
    with pytest.raises(Refused):
        releasing.release(edition, TODAY, "", by="li", today=TODAY)
    assert not Activation.objects.filter(edition=edition).exists()


def test_a_policy_that_is_new_here_is_installed_when_it_is_released() -> None:
    files = files_with("id: lishui-draft", "id: new-policy", "policy.yaml")
    edition = editions.upload(files, "", CITY, by="chen")
    proving.prove(edition.id, TODAY)
    edition.refresh_from_db()
    assert (edition.state, edition.trial) == (Edition.State.CHECKED, None)
    releasing.release(edition, TODAY, "丽政发〔2026〕2号", by="li", today=TODAY)
    assert [pack.policy.id for pack in library.packs()] == [PACK, "new-policy"]
    assert Installed.objects.get(pack_id="new-policy").adopted_on == TODAY


def test_an_edition_that_waits_is_ordered_to_be_looked_at_once() -> None:
    edition = editions.upload(files_with(*DOUBLED), "", CITY, by="chen")
    jobs.order_waiting_proofs()
    jobs.order_waiting_proofs()
    ordered = ProcrastinateJob.objects.filter(task_name=jobs.prove.name, args={"edition_id": edition.id})
    assert ordered.count() == 1
