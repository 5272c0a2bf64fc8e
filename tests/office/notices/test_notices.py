"""Notices are posted once, found within an area, taken down with a reason, and stay as they were posted."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit.queries import events
from luoshi.office.notices import actions, queries
from luoshi.office.notices.errors import NoticeError, WrongDraft
from luoshi.office.notices.queries import Outcome
from tests.office.notices.drafts import COUNTY, NEIGHBOUR, POSTED, TOWNSHIP, at, draft, posted

pytestmark = pytest.mark.usefixtures("database")


def test_the_same_key_is_the_same_notice() -> None:
    assert posted() == posted()
    assert posted().lines.count() == 3
    assert len([event for event in events(COUNTY, None, 9) if event.action == "notice.publish"]) == 1


def test_notices_are_numbered_by_area_and_year() -> None:
    found = [posted("a"), posted("b"), posted("c", area=TOWNSHIP), posted("d", on=date(2025, 1, 2))]
    assert [one.number_written for one in found] == ["2024-1", "2024-2", "2024-1", "2025-1"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"procedure": "none"}, "no-procedure"),
        ({"step": "none"}, "no-step"),
        ({"step": "check"}, "no-notice"),
        ({"heading": " "}, "blank"),
        ({"office": ""}, "blank"),
        ({"area": ""}, "blank"),
    ],
)
def test_a_wrong_draft_is_refused(given: dict[str, Any], kind: str) -> None:
    steps = {step.id for step in draft().pack.procedures[draft().procedure].steps if step.notice is None}
    given = {name: next(iter(sorted(steps))) if value == "check" else value for name, value in given.items()}
    with pytest.raises(WrongDraft) as refused:
        posted(**given)
    assert refused.value.kind == kind


def test_what_is_shown_in_an_area_is_of_it_in_it_and_around_it() -> None:
    county, township, other = posted("a"), posted("b", area=TOWNSHIP), posted("c", area=NEIGHBOUR)

    def shown(area: str) -> set[int]:
        return {one.id for one in queries.list_shown(area, POSTED).notices}

    assert shown("") == shown("6211") == {county.id, township.id, other.id}
    assert shown(COUNTY) == shown(TOWNSHIP) == {county.id, township.id}
    assert shown("621102104") == {county.id}
    assert shown(NEIGHBOUR) == {other.id}
    assert queries.areas_shown(POSTED) == [COUNTY, TOWNSHIP, NEIGHBOUR]


def test_a_search_finds_heading_office_and_place() -> None:
    found = posted()
    asked = ("电商", "商务局", "一村", "二村", "张小明", "%", "13812345678")
    assert [bool(queries.list_shown("", POSTED, text).notices) for text in asked] == [True] * 3 + [False] * 4
    assert queries.list_shown("", POSTED, "电商").notices == (found,)


def test_a_long_list_has_pages() -> None:
    found = [posted(str(number)) for number in range(5)]
    first = queries.list_shown("", POSTED, size=2)
    assert first.notices == (found[4], found[3])
    second = queries.list_shown("", POSTED, after=first.after, size=2)
    assert second.notices == (found[2], found[1])
    last = queries.list_shown("", POSTED, after=second.after, size=2)
    assert (last.notices, last.after) == ((found[0],), None)


def test_an_office_sees_its_area_and_below() -> None:
    county, township, other = posted("a"), posted("b", area=TOWNSHIP), posted("c", area=NEIGHBOUR)
    seen = {one.id for one in queries.list_notices(Scope(COUNTY), "shown", POSTED).notices}
    assert seen == {county.id, township.id}
    assert queries.find_notice(other.id, Scope(COUNTY)) is None
    assert queries.find_notice(county.id, Scope(TOWNSHIP)) is None
    assert queries.count_notices(Scope(NEIGHBOUR), POSTED) == {"shown": 1, "objections": 0, "ended": 0}
    assert queries.count_notices(Scope(NEIGHBOUR), other.end) == {"shown": 0, "objections": 0, "ended": 1}


def test_a_notice_is_taken_down_with_a_reason_and_has_not_run_its_days() -> None:
    found = posted()
    with pytest.raises(NoticeError):
        actions.take_down(found, " ", by="other", today=POSTED, now=at(POSTED))
    down = actions.take_down(found, "金额写错", by="other", today=POSTED, now=at(POSTED))
    again = actions.take_down(found, "又一个理由", by="third", today=POSTED, now=at(POSTED))
    assert (again.reason, again.taken_down_by) == (down.reason, down.taken_down_by) == ("金额写错", "other")
    assert queries.find_shown(found.id, POSTED) is None
    assert queries.outcome(down, found.end) == Outcome.TAKEN_DOWN


def test_what_has_run_its_days_is_not_taken_down() -> None:
    found = posted()
    with pytest.raises(NoticeError) as refused:
        actions.take_down(found, "太晚了", by="other", today=found.end, now=at(found.end))
    assert refused.value.kind == "over"


def test_the_newest_notice_about_a_case_is_found() -> None:
    posted("a")
    second = posted("b")
    assert queries.find_newest("case:2") == second
    assert queries.find_newest("case:99") is None
    assert queries.find_by_key("b") == second


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM notices_notice",
        "UPDATE notices_notice SET end = '2030-01-01'",
        "UPDATE notices_notice SET heading = '改过'",
        "UPDATE notices_noticeline SET amount = 1",
        "DELETE FROM notices_noticeline",
        "UPDATE notices_noticecase SET reference = 'case:9'",
    ],
)
def test_what_was_posted_stays(statement: str) -> None:
    posted()
    statement = statement.replace(" end ", ' "end" ')
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
