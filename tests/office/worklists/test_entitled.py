"""Who is entitled and has not applied; contacts say when and how somebody was told, and never that they declined."""

from datetime import date, timedelta

import pytest
from django.db import connection

from luoshi.office.runs import library, queries
from luoshi.office.runs.models import Run
from luoshi.office.worklists import actions
from luoshi.office.worklists.actions import Entitlement, Told
from luoshi.office.worklists.entitled import counts, entitled, entitled_page
from luoshi.office.worklists.errors import WrongContact
from luoshi.office.worklists.models import Contact
from tests.office.worklists.place import CITY, PACK, followed_city

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2024, 1, 15)
MEASURE = "new-worker-award"


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return followed_city(tmp_path_factory.mktemp("city") / "data")


def _ids(run: Run, area: str = CITY, day: date = TODAY) -> list[int]:
    return [int(one.subject.id) for one in entitled(run, MEASURE, area, day)]


def _tell(row: int, told: Told, today: date = TODAY) -> Contact:
    of = Entitlement(PACK, MEASURE, "worker", row, CITY)
    return actions.record_contact(of, told, by="chen", today=today)


def test_everybody_eligible_stands_on_the_list(run: Run) -> None:
    figures = queries.figures_of(run, CITY)[MEASURE]
    assert len(_ids(run)) == figures.eligible > 5
    found = counts(library.pack(PACK), run, CITY, TODAY)[MEASURE]
    assert (found.listed, found.told, found.applied, found.later) == (figures.eligible, 0, 0, 0)


def test_who_was_told_stays_and_who_applied_leaves(run: Run) -> None:
    first, second, third, *rest = _ids(run)
    _tell(first, Told(TODAY, "visit"))
    _tell(second, Told(TODAY, "phone", applied_on=TODAY))
    _tell(third, Told(ask_again_on=TODAY + timedelta(days=7)))
    assert _ids(run) == [first, *rest]
    found = counts(library.pack(PACK), run, CITY, TODAY)[MEASURE]
    assert (found.listed, found.told, found.applied, found.later) == (len(rest) + 1, 1, 1, 1)
    assert _ids(run, day=TODAY + timedelta(days=7)) == [first, third, *rest]


def test_pages_follow_each_other_without_those_who_left(run: Run) -> None:
    everybody = _ids(run)
    _tell(everybody[1], Told(applied_on=TODAY))
    listed, after = [], None
    while True:
        page = entitled_page(run, MEASURE, CITY, TODAY, after, 3)
        listed += [int(one.subject.id) for one in page.listed]
        if page.after is None:
            break
        after = page.after
    assert listed == [everybody[0], *everybody[2:]]


def test_a_notice_tells_everybody_once(run: Run) -> None:
    rows = [(int(one.subject.id), one.subject.area) for one in entitled(run, MEASURE, CITY, TODAY)]
    _tell(rows[0][0], Told(TODAY - timedelta(days=3), "visit"))
    done = actions.tell_by_notice(PACK, MEASURE, rows, TODAY, by="chen", today=TODAY)
    assert done == len(rows) - 1
    assert actions.tell_by_notice(PACK, MEASURE, rows, TODAY, by="chen", today=TODAY) == 0
    assert Contact.objects.get(row_id=rows[0][0]).how == "visit"
    assert set(Contact.objects.exclude(row_id=rows[0][0]).values_list("how", "told_on")) == {("notice", TODAY)}


@pytest.mark.parametrize(
    "told",
    [
        Told(TODAY),
        Told(None, "visit"),
        Told(TODAY, "refused"),
        Told(TODAY + timedelta(days=1), "visit"),
        Told(applied_on=TODAY + timedelta(days=1)),
        Told(ask_again_on=TODAY),
    ],
)
def test_a_contact_that_cannot_be_is_refused(run: Run, told: Told) -> None:
    with pytest.raises(WrongContact):
        _tell(_ids(run)[0], told)
    assert not Contact.objects.exists()


def test_a_refusal_has_no_place_to_be_kept() -> None:
    named = {field.name for field in Contact._meta.get_fields()}
    kept = {"told_on", "how", "applied_on", "ask_again_on"}
    assert named == kept | {"id", "pack_id", "measure", "row_id", "area", "by", "at"}


def test_the_event_log_names_a_row_and_no_person(run: Run) -> None:
    row = _ids(run)[0]
    _tell(row, Told(TODAY, "visit"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, subject, details::text FROM audit.event ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("contact.record", f"worker:{row}", "{}")
