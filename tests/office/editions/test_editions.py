"""Editions: kept once, numbered, activated from a day by somebody else, withdrawn before they decide."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit import queries as audit
from luoshi.office.editions import actions, folders, queries
from luoshi.office.editions.errors import AlreadyKept, NotNow, Unusable
from luoshi.office.editions.models import Activation, Edition
from luoshi.office.runs import library
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.values.calendar import FIRST
from tests.office.editions.packing import PACK, files_with

pytestmark = pytest.mark.usefixtures("database")

TODAY, TOMORROW, LATER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 1)
CITY = Scope("3311")
PRIZE = ("1900-01-01: 0.50", "1900-01-01: 0.60")


def _kept() -> Edition:
    """The edition that came with the software."""
    found = actions.keep_shipped(library.shipped(PACK), by="installer")
    assert found is not None
    return found


def _uploaded(old: str = PRIZE[0], new: str = PRIZE[1], *, state: str = Edition.State.CHECKED) -> Edition:
    edition = actions.upload(files_with(old, new), "a higher share", CITY, by="chen")
    Edition.objects.filter(id=edition.id).update(state=state)
    edition.refresh_from_db()
    return edition


def test_the_shipped_pack_is_the_first_edition_and_decides_from_the_beginning() -> None:
    edition = _kept()
    assert (edition.number, edition.uploaded_by, edition.state) == (1, "", Edition.State.CHECKED)
    term = queries.find_active(PACK, date(1990, 1, 1))
    assert term is not None
    assert (term.edition_id, term.start) == (edition.id, FIRST)
    assert _kept() == edition
    assert library.pack(PACK) is library.shipped(PACK)


def test_an_upload_is_a_new_edition_that_waits() -> None:
    _kept()
    edition = actions.upload(files_with(*PRIZE), "a higher share", CITY, by="chen")
    assert (edition.number, edition.state, edition.note) == (2, Edition.State.WAITING, "a higher share")
    assert library.pack(PACK) is library.shipped(PACK)
    event = audit.events("")[0]
    assert (event.action, event.actor, event.subject) == ("edition.upload", "chen", f"edition:{PACK}/2")


def test_its_files_come_back_as_they_were_also_where_the_folder_is_gone() -> None:
    files = files_with(*PRIZE)
    edition = actions.upload(files, "", CITY, by="chen")
    assert folders.folder_of(edition.digest) is None
    folder = queries.folder_of(edition.id, edition.digest)
    assert folders.files_of(folder) == files
    assert (folder.parent / "common" / "policy.yaml").is_file()
    assert not (folder / "policy.yaml").stat().st_mode & 0o222
    assert library.of_edition(edition).hash == edition.digest


def test_the_same_files_are_kept_once() -> None:
    first = _uploaded()
    with pytest.raises(AlreadyKept) as kept:
        actions.upload(files_with(*PRIZE), "", CITY, by="li")
    assert kept.value.number == first.number
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("id: lishui-draft", "id: common", "name"),
        ("id: lishui-draft", "id: audit", "name"),
        ("id: lishui-draft", "id: pg-catalog", "name"),
        ("status: draft", "status: library", "library"),
        ('jurisdiction: "3311"', 'jurisdiction: "3301"', "scope"),
        ('jurisdiction: "3311"', 'jurisdiction: "331124"', "jurisdiction"),
    ],
)
def test_a_policy_that_is_none_for_this_place_is_refused(old: str, new: str, kind: str) -> None:
    _kept()
    with pytest.raises(Unusable) as refused:
        actions.upload(files_with(old, new, "policy.yaml"), "", CITY, by="chen")
    assert refused.value.kind == kind
    assert Edition.objects.count() == 1


def test_a_county_uploads_no_policy_of_its_city() -> None:
    with pytest.raises(Unusable, match="scope"):
        actions.upload(files_with(), "", Scope("331124"), by="chen")


def test_a_policy_that_cannot_be_read_is_refused_with_its_findings() -> None:
    with pytest.raises(Refused) as refused:
        actions.upload(files_with() | {"policy.yaml": b"id: [\n"}, "", CITY, by="chen")
    assert refused.value.findings
    assert not Edition.objects.exists()


def test_a_pack_with_findings_is_kept_so_that_they_can_be_shown() -> None:
    edition = actions.upload(files_with("unit: person", "unit: persn\n  nonsense: 1"), "", CITY, by="chen")
    assert edition.state == Edition.State.WAITING


def test_from_its_day_the_new_edition_decides_and_before_it_the_old_one() -> None:
    _kept()
    edition = _uploaded()
    actions.activate(edition, LATER, "丽政发〔2026〕1号", by="li", today=TODAY)
    assert library.pack(PACK, TODAY) is library.shipped(PACK)
    assert library.pack(PACK, LATER).hash == edition.digest
    assert library.pack(PACK, LATER) is library.pack(PACK, date(2030, 1, 1))
    standings = {one.edition.number: one.standing for one in queries.listed(PACK, TODAY)}
    assert standings == {1: "active", 2: "coming"}
    standings = {one.edition.number: one.standing for one in queries.listed(PACK, LATER)}
    assert standings == {1: "superseded", 2: "active"}


def test_going_back_is_activating_the_older_edition_again() -> None:
    old, new = _kept(), _uploaded()
    actions.activate(new, TODAY, "", by="li", today=TODAY)
    actions.activate(old, TOMORROW, "", by="chen", today=TODAY)
    assert [library.pack(PACK, day).hash for day in (date(2026, 2, 1), TODAY, TOMORROW)] == [
        old.digest,
        new.digest,
        old.digest,
    ]


def test_the_later_word_of_a_day_holds() -> None:
    old, new = _kept(), _uploaded()
    actions.activate(new, TODAY, "", by="li", today=TODAY)
    actions.activate(old, TODAY, "", by="chen", today=TODAY)
    assert library.pack(PACK, TODAY).hash == old.digest


def test_nobody_activates_what_they_uploaded() -> None:
    edition = _uploaded()
    with pytest.raises(NotNow, match="uploader"):
        actions.activate(edition, TODAY, "", by="chen", today=TODAY)
    assert not Activation.objects.exists()


@pytest.mark.parametrize(("by", "uploader"), [("chen", "chen"), ("chen", "somebody"), ("", "chen")])
def test_the_database_itself_refuses_it_whatever_is_said_of_the_uploader(by: str, uploader: str) -> None:
    edition = _uploaded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activation.objects.create(edition=edition, uploaded_by=uploader, start=TODAY, by=by)


@pytest.mark.parametrize(
    "state", [state for state in Edition.State.values if state not in {Edition.State.CHECKED, Edition.State.SIMULATED}]
)
def test_only_what_was_found_sound_is_activated(state: str) -> None:
    with pytest.raises(NotNow, match="state"):
        actions.activate(_uploaded(state=state), TODAY, "", by="li", today=TODAY)


def test_the_past_is_not_decided_anew() -> None:
    with pytest.raises(NotNow, match="day"):
        actions.activate(_uploaded(), date(2026, 2, 28), "", by="li", today=TODAY)


def test_asked_twice_it_is_activated_once() -> None:
    edition = _uploaded()
    first = actions.activate(edition, TODAY, "", by="li", today=TODAY)
    assert actions.activate(edition, TODAY, "", by="li", today=TODAY) == first
    assert Activation.objects.count() == 1


def test_before_its_day_an_edition_can_be_withdrawn() -> None:
    _kept()
    edition = _uploaded()
    actions.activate(edition, TOMORROW, "", by="li", today=TODAY)
    actions.withdraw(edition, by="chen", today=TODAY)
    actions.withdraw(edition, by="chen", today=TODAY)
    assert library.pack(PACK, LATER) is library.shipped(PACK)
    assert Edition.objects.get(id=edition.id).state == Edition.State.WITHDRAWN
    assert [event.action for event in audit.events("")[:2]] == ["edition.withdraw", "edition.activate"]
    with pytest.raises(NotNow, match="state"):
        actions.activate(edition, TOMORROW, "", by="li", today=TODAY)


def test_what_has_decided_is_not_withdrawn() -> None:
    edition = _uploaded()
    actions.activate(edition, TODAY, "", by="li", today=TODAY)
    with pytest.raises(NotNow, match="held"):
        actions.withdraw(edition, by="li", today=TODAY)


def test_a_withdrawn_edition_can_be_looked_at_again_and_one_under_way_is_not_begun_twice() -> None:
    edition = _uploaded()
    actions.withdraw(edition, by="chen", today=TODAY)
    assert actions.look_again(edition, by="chen")
    assert not actions.look_again(edition, by="chen")
    assert actions.begin_look(edition.id) is not None


def test_what_is_found_in_an_edition_withdrawn_meanwhile_is_not_kept() -> None:
    edition = _uploaded(state=Edition.State.WAITING)
    assert actions.begin_look(edition.id) is not None
    actions.withdraw(edition, by="chen", today=TODAY)
    actions.end_look(edition, actions.Found(Edition.State.CHECKED, [], {}, [], None))
    assert Edition.objects.get(id=edition.id).state == Edition.State.WITHDRAWN
    assert actions.begin_look(edition.id) is None
