"""For how long a notice is shown: the day of posting is not counted, and holidays are no working days."""

from datetime import date, timedelta

import pytest

from luoshi.office.notices import actions, queries
from luoshi.office.notices.errors import WrongDraft
from luoshi.office.notices.queries import Outcome
from tests.office.notices.drafts import COUNTY, POSTED, at, draft, pack, posted

pytestmark = pytest.mark.usefixtures("database")
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "kind", "on", "last"),
    [
        (7, "working", POSTED, date(2024, 2, 9)),
        (8, "working", POSTED, date(2024, 2, 18)),
        (9, "working", POSTED, date(2024, 2, 19)),
        (1, "working", date(2024, 2, 2), date(2024, 2, 4)),
        (1, "working", date(2024, 2, 9), date(2024, 2, 18)),
        (5, "working", date(2024, 3, 1), date(2024, 3, 8)),
        (7, "calendar", POSTED, date(2024, 2, 8)),
        (10, "calendar", POSTED, date(2024, 2, 11)),
        (1, "calendar", date(2024, 12, 31), date(2025, 1, 1)),
    ],
)
def test_a_notice_is_shown_until_its_last_day(days: int, kind: str, on: date, last: date) -> None:
    found = posted(pack=pack(days, kind), on=on)
    assert (found.first_day, found.last_day, found.end) == (on, last, last + ONE)
    shown = [day for day in (on - ONE, on, last, last + ONE) if queries.find_shown(found.id, day)]
    assert shown == [on, last] if on < last else [on]


def test_days_decide_and_not_the_job() -> None:
    found = posted()
    assert found.state == "shown"
    assert [queries.list_shown(COUNTY, day).notices for day in (found.last_day, found.end)] == [(found,), ()]
    assert [queries.outcome(found, day) for day in (found.last_day, found.end)] == [Outcome.RUNNING, Outcome.CLEAR]


def test_the_job_puts_down_what_has_run_its_days() -> None:
    found = posted()
    assert actions.end(found.last_day) == 0
    assert actions.end(found.end) == 1
    assert actions.end(found.end) == 0
    found.refresh_from_db()
    assert found.state == "ended"
    assert queries.outcome(found, found.end) == Outcome.CLEAR


def test_where_the_policy_names_no_days_the_office_names_them_with_a_paper() -> None:
    for given, kind in (
        ({}, "no-paper"),
        ({"days": 7}, "no-paper"),
        ({"paper": "样办发〔2024〕3号"}, "days"),
        ({"days": 0, "paper": "样办发〔2024〕3号"}, "days"),
        ({"days": 367, "paper": "样办发〔2024〕3号"}, "days"),
    ):
        with pytest.raises(WrongDraft) as refused:
            posted(pack=pack(), **given)
        assert refused.value.kind == kind
    found = posted(pack=pack(), days=7, paper="样办发〔2024〕3号")
    assert (found.days, found.days_kind, found.paper) == (7, "working", "样办发〔2024〕3号")


def test_days_that_the_policy_sets_are_not_changed() -> None:
    with pytest.raises(WrongDraft) as refused:
        posted(days=3)
    assert refused.value.kind == "other-days"
    assert posted(days=8).days == 8


def test_a_result_is_told_without_names_for_the_days_that_the_office_chooses() -> None:
    before = posted()
    told = actions.publish(
        draft("result:1", step="", days=30, follows=before), by="maker", today=before.end, now=at(before.end)
    )
    assert (told.kind, told.names, told.follows) == ("result", False, before)
    assert told.last_day == before.end + 30 * ONE
