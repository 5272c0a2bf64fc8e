"""Local values on their way: drafted, tried out, submitted, confirmed by another; ended, never written over."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from luoshi.office.attachments import actions as attachments
from luoshi.office.audit import queries as audit
from luoshi.office.runs import actions, jobs, library, local, previewing, proposing, trial
from luoshi.office.runs.errors import NotAllowed
from luoshi.office.runs.models import LocalSetting, Preview, Run
from luoshi.office.runs.proposing import Document, Wanted
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.findings import Refused
from tests.office.runs.city import PACK, run_city

ON, FROM = date(2023, 12, 31), date(2023, 6, 1)
COUNTY, CITY = "331122", "3311"
PAYING, FREE = "interest_share", "excellent_points"
State = LocalSetting.State

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small city with one run, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


def _paper(area: str = COUNTY) -> Document:
    file = io.BytesIO(b"%PDF-1.7\n%%EOF")
    kept = attachments.keep(file, "办法.pdf", area=area, by="chen", purpose=f"parameter:{PACK}/{PAYING}")
    return Document("贴息办法", "样财〔2023〕1号", date(2023, 5, 1), kept)


def _draft(value: str = "0.60", name: str = PAYING, area: str = COUNTY, start: date = FROM) -> LocalSetting:
    return proposing.draft(library.pack(PACK), Wanted(name, value, area, start), _paper(area), by="chen")


def _tried(setting: LocalSetting) -> LocalSetting:
    """What is submitted has a preview that is over, whatever came of it."""
    Preview.objects.create(setting=setting, state=Run.State.FINISHED)
    return setting


def _settled(setting: LocalSetting) -> LocalSetting:
    found = proposing.submit(_tried(setting), library.pack(PACK), by="chen")
    return proposing.confirm(found, by="wang") if found.state == State.PROPOSED else found


def _value(on: date = ON, area: str = COUNTY, name: str = PAYING) -> object:
    pack = library.pack(PACK)
    assert local.settings_of(pack, on).value(name, area) == Settings(pack, on, local.kept(pack)).value(name, area)
    return local.settings_of(pack, on).value(name, area)


def test_a_value_with_money_on_it_is_set_by_two() -> None:
    before = _value()
    setting = _tried(_draft())
    assert _value() == before
    assert proposing.submit(setting, library.pack(PACK), by="chen").state == State.PROPOSED
    assert _value() == before
    with pytest.raises(NotAllowed, match="不能自己复核"):
        proposing.confirm(setting, by="chen")
    assert proposing.confirm(setting, by="wang").state == State.SET
    assert _value() == Decimal("0.60") != before
    assert [event.action for event in audit.events(COUNTY)][:2] == ["parameter.set", "parameter.propose"]
    assert audit.events(COUNTY)[0].basis == "贴息办法 样财〔2023〕1号"


def test_a_value_without_money_on_it_needs_one() -> None:
    assert not proposing.needs_second(library.pack(PACK), FREE)
    setting = _tried(_draft("3.00", FREE, CITY))
    assert proposing.submit(setting, library.pack(PACK), by="chen").state == State.SET


def test_nobody_confirms_their_own_even_past_the_actions() -> None:
    setting = _draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalSetting.objects.filter(id=setting.id).update(confirmed_by="chen")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (Wanted(PAYING, "0.49", COUNTY, FROM), "CASE-007"),
        (Wanted(PAYING, "0.505", COUNTY, FROM), "CASE-007"),
        (Wanted(PAYING, "1.01", COUNTY, FROM), "CASE-007"),
        (Wanted(PAYING, "much", COUNTY, FROM), "CASE-015"),
        (Wanted("base_rate_day", "tomorrow", COUNTY, FROM), "CASE-0"),
    ],
)
def test_what_does_not_fit_is_refused(wanted: Wanted, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        proposing.draft(library.pack(PACK), wanted, _paper(), by="chen")
    assert not LocalSetting.objects.filter(state=State.DRAFTED).exists()


def test_a_value_needs_a_paper() -> None:
    with pytest.raises(Refused, match="CASE-009"):
        proposing.draft(library.pack(PACK), Wanted(PAYING, "0.60", COUNTY, FROM), Document(), by="chen")


@pytest.mark.parametrize(("name", "area"), [(PAYING, "331122101"), (FREE, COUNTY), ("base_rate_day", "331122101")])
def test_a_level_that_the_text_does_not_name_sets_nothing(name: str, area: str) -> None:
    with pytest.raises(NotAllowed, match="这一级"):
        _draft("0.60", name, area)


@pytest.mark.parametrize("value", ["0.50", "1.00"])
def test_the_bounds_themselves_are_within(value: str) -> None:
    assert _draft(value).value == value


def test_the_same_draft_again_is_the_first_and_another_takes_its_place() -> None:
    first = _draft()
    assert _draft() == first
    other = _draft("0.70")
    first.refresh_from_db()
    assert (first.state, other.state) == (State.WITHDRAWN, State.DRAFTED)


def test_what_was_not_tried_out_is_not_submitted() -> None:
    setting = _draft()
    for state in (None, Run.State.WAITING, Run.State.RUNNING):
        if state:
            Preview.objects.update_or_create(setting=setting, defaults={"state": state})
        with pytest.raises(NotAllowed, match="试算"):
            proposing.submit(setting, library.pack(PACK), by="chen")


def test_somebody_elses_draft_is_theirs() -> None:
    setting = _tried(_draft())
    with pytest.raises(NotAllowed):
        proposing.submit(setting, library.pack(PACK), by="wang")
    with pytest.raises(NotAllowed):
        proposing.withdraw(setting, by="wang")


def test_one_proposal_at_a_time_waits_for_an_area() -> None:
    proposing.submit(_tried(_draft()), library.pack(PACK), by="chen")
    later = _tried(_draft("0.70", start=date(2023, 7, 1)))
    with pytest.raises(NotAllowed, match="等复核"):
        proposing.submit(later, library.pack(PACK), by="chen")


def test_every_step_twice_is_the_step_once() -> None:
    pack, setting = library.pack(PACK), _tried(_draft())
    for _ in range(2):
        proposing.submit(setting, pack, by="chen")
    for _ in range(2):
        proposing.confirm(setting, by="wang")
    events = audit.events(COUNTY)[0].id
    assert proposing.withdraw(setting, by="chen").state == State.SET
    assert proposing.refuse(setting, "late", by="wang").state == State.SET
    assert audit.events(COUNTY)[0].id == events


def test_a_refusal_says_why_and_sets_nothing() -> None:
    before = _value()
    setting = proposing.submit(_tried(_draft()), library.pack(PACK), by="chen")
    refused = proposing.refuse(setting, "文号不对", by="wang")
    assert (refused.state, refused.reason, refused.confirmed_by) == (State.REFUSED, "文号不对", "wang")
    assert _value() == before


def test_a_value_for_the_same_day_takes_the_place_and_the_old_one_stays_in_the_record() -> None:
    first, second = _settled(_draft()), _settled(_draft("0.70"))
    first.refresh_from_db()
    assert (first.state, first.value, second.state) == (State.REPLACED, "0.60", State.SET)
    assert _value() == Decimal("0.70")


def test_a_value_that_ends_leaves_what_holds_around_it_and_the_past_as_it_was() -> None:
    _settled(_draft("0.80", area=CITY))
    _settled(_draft())
    ended = proposing.draft(
        library.pack(PACK), Wanted(PAYING, "", COUNTY, date(2024, 3, 1), "废止"), Document(), by="chen"
    )
    assert _settled(ended).state == State.SET
    assert _value(date(2024, 2, 29)) == Decimal("0.60")
    assert _value(date(2024, 3, 1)) == Decimal("0.80")
    _settled(_draft("0.90", start=date(2024, 5, 1)))
    assert _value(date(2024, 4, 30)) == Decimal("0.80")
    assert _value(date(2024, 5, 1)) == Decimal("0.90")


def test_a_run_uses_the_values_of_its_day() -> None:
    _settled(_draft("0.90", start=date(2023, 12, 1)))
    run = actions.carry_out(actions.ask(PACK, ON, by="tester").id)
    assert run.state == Run.State.FINISHED


def test_the_preview_shows_what_the_run_afterwards_comes_to(run: Run) -> None:
    setting = _draft("1.00")
    preview = previewing.carry_out(Preview.objects.create(setting=setting).id)
    assert preview is not None and preview.result is not None and preview.steps == preview.done
    found = trial.read_trial(preview.result)
    assert found.run == run.id and PAYING in found.changes
    here, everywhere = found.within(COUNTY).total, found.total
    assert here.eligible_after < everywhere.eligible_after
    assert (here.newly_eligible, here.difference) == (everywhere.newly_eligible, everywhere.difference)
    assert here.newly_eligible or here.difference
    assert set(found.by_measure()) <= set(proposing.resting(library.pack(PACK), PAYING)) | set(found.touched)
    assert not list((Path(actions.folder_of(run)).parent.parent / "trials").glob("*"))


def test_a_draft_that_is_overtaken_ends_its_preview() -> None:
    setting = _draft()
    preview = Preview.objects.create(setting=setting)
    proposing.withdraw(setting, by="chen")
    assert previewing.carry_out(preview.id) is None
    preview.refresh_from_db()
    assert preview.result is None


def test_a_preview_is_carried_out_once() -> None:
    setting = _draft()
    assert previewing.carry_out(Preview.objects.create(setting=setting).id) is not None
    assert previewing.carry_out(setting.preview.id) is None
    assert previewing.carry_out(setting.preview.id + 1) is None


def test_a_preview_begins_anew_only_when_it_is_over() -> None:
    setting = _draft()
    first = jobs.order_preview(setting)
    assert jobs.order_preview(setting) == first
    Preview.objects.filter(id=first.id).update(state=Run.State.FAILED)
    assert jobs.order_preview(setting).id != first.id


def test_what_nothing_rests_on_is_not_decided() -> None:
    setting = _draft("3.00", FREE, CITY)
    preview = previewing.carry_out(Preview.objects.create(setting=setting).id)
    assert preview is not None and preview.result is None


def test_a_run_that_waits_for_the_same_day_is_not_asked_for_twice() -> None:
    first = jobs.order(PACK, date(2023, 11, 30), by="chen")
    assert jobs.order(PACK, date(2023, 11, 30), by="wang") == first
    assert jobs.order(PACK, date(2023, 11, 29), by="chen") != first


def test_what_no_longer_fits_is_unknown_and_stops_the_run_with_its_words() -> None:
    setting = _settled(_draft())
    LocalSetting.objects.filter(id=setting.id).update(value="7")
    pack = library.pack(PACK)
    found = local.held(pack, ON)
    assert found.unfit == {PAYING} and list(found.problems) == [setting.id]
    for area in (COUNTY, CITY, "331121"):
        assert local.settings_of(pack, ON).value(PAYING, area) is None
    failed = actions.ask(PACK, ON, by="tester")
    with pytest.raises(Refused):
        actions.carry_out(failed.id)
    failed.refresh_from_db()
    assert failed.state == Run.State.FAILED and PAYING in failed.problem and failed.finished_at
    mended = _draft("0.75")
    preview = previewing.carry_out(Preview.objects.create(setting=mended).id)
    assert preview is not None and preview.result is not None
    proposing.confirm(proposing.submit(mended, pack, by="chen"), by="wang")
    assert local.held(pack, ON).problems == {}


def test_what_the_pack_no_longer_knows_stops_nothing() -> None:
    LocalSetting.objects.create(pack_id=PACK, name="gone", value="1", area=COUNTY, start=FROM, set_by="chen")
    pack = library.pack(PACK)
    assert local.held(pack, ON).problems and not local.held(pack, ON).unfit
    assert local.kept(pack, ON)
