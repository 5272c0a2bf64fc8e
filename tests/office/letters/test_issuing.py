"""Letters that were issued: once, under numbers without gaps, kept as they were, found within one's area."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit import queries as audit
from luoshi.office.letters import actions, numbers, queries, templates
from luoshi.office.letters.actions import Order
from luoshi.office.letters.errors import Incomplete, NoSeries, NotAllowed
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Counter, Letter
from luoshi.office.letters.queries import Asked
from luoshi.office.letters.samples import sample
from tests.office.letters.papers import words_of_pdf, words_of_word

COUNTY, OTHER = "331122", "331123"
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight of the next year, where the offices are
TRIES = int(os.environ.get("LUOSHI_TRIES", "40"))


def _order(key: str = "case:1/decide", area: str = COUNTY) -> Order:
    return Order(key=key, subject="case:1", area=area, basis="第五条")


def _issued(key: str = "case:1/decide", area: str = COUNTY, now: datetime = NOW, kind: Kind = Kind.DECISION) -> Letter:
    return actions.issue(sample(kind), _order(key, area), by="chen", now=now)


@pytest.fixture
def series(database: None) -> None:
    for kind in (Kind.DECISION, Kind.REFUSAL):
        for area in (COUNTY, OTHER):
            templates.set_series(kind, area, "样人社发", department="", by="chen")


@pytest.mark.usefixtures("series")
def test_a_letter_has_the_next_number_of_its_office_and_year() -> None:
    numbered = [
        _issued("a").number,
        _issued("b", kind=Kind.REFUSAL).number,
        _issued("c", OTHER).number,
        _issued("d", now=NEW_YEAR).number,
        _issued("e").number,
    ]
    years = [
        "样人社发〔2026〕1号",
        "样人社发〔2026〕2号",
        "样人社发〔2026〕1号",
        "样人社发〔2027〕1号",
        "样人社发〔2026〕3号",
    ]
    assert numbered == years
    assert queries.list_gaps("") == []


@pytest.mark.usefixtures("series")
def test_asked_twice_it_is_issued_once() -> None:
    first, second = _issued(), _issued()
    assert first.id == second.id and Counter.objects.get(area=COUNTY).last == 1


@pytest.mark.usefixtures("series")
def test_what_stands_in_it_is_kept_as_it_was_and_sealed() -> None:
    letter = Letter.objects.get(id=_issued().id)
    assert "样例车间".encode() not in bytes(letter.content)
    pdf = words_of_pdf(actions.file_of(letter, "pdf").content)
    word = words_of_word(actions.file_of(letter, "word").content)
    for said in (pdf, word):
        assert "样人社发〔2026〕1号" in said and letter.check_code in said and "给予你单位样例奖补" in said
    assert actions.digest_of(queries.content_of(letter), letter.key) == bytes(letter.digest)


@pytest.mark.usefixtures("series")
def test_a_changed_content_is_another_digest() -> None:
    first = _issued("a")
    words = dict(queries.content_of(first))
    assert actions.digest_of(words | {"金额": "99,999.00"}, first.key) != bytes(first.digest)


@pytest.mark.usefixtures("series")
def test_the_event_tells_who_and_which_and_never_what() -> None:
    letter = _issued()
    event = audit.events("", None, 1)[0]
    assert (event.action, event.actor, event.subject, event.area) == (
        "letter.issue",
        "chen",
        f"letter:{letter.id}",
        COUNTY,
    )
    assert "样例" not in str(event.details)


@pytest.mark.usefixtures("series")
def test_a_letter_without_a_day_is_of_the_day_it_is_issued() -> None:
    letter = actions.issue(replace(sample(Kind.DECISION), day=None), _order(), by="chen", now=NEW_YEAR)
    assert letter.day == date(2027, 1, 1)
    assert "2027年1月1日" in words_of_pdf(actions.file_of(letter, "pdf").content)


@pytest.mark.usefixtures("database")
def test_without_words_for_numbers_nothing_is_issued() -> None:
    with pytest.raises(NoSeries):
        _issued()
    assert not Letter.objects.exists() and not Counter.objects.exists()


@pytest.mark.usefixtures("series")
def test_an_incomplete_letter_takes_no_number() -> None:
    with pytest.raises(Incomplete):
        actions.issue(replace(sample(Kind.REFUSAL), reasons=()), _order(), by="chen", now=NOW)
    assert not Counter.objects.exists()


@pytest.mark.usefixtures("database")
def test_forms_and_lists_are_filed_without_a_number() -> None:
    letter = _issued(kind=Kind.PAYMENT_LIST)
    assert (letter.number, letter.serial) == ("", None)
    assert letter.check_code in words_of_pdf(actions.file_of(letter, "pdf").content)


@pytest.mark.usefixtures("series")
def test_a_voided_letter_keeps_its_number_and_says_so() -> None:
    letter = _issued("a")
    actions.void(letter, "写错了收件人", by="li", now=NOW)
    actions.void(letter, "再一次", by="wang", now=NOW)
    kept = Letter.objects.get(id=letter.id)
    assert (kept.voided_by, kept.voiding) == ("li", "写错了收件人")
    assert "已作废" in words_of_pdf(actions.file_of(kept, "pdf").content)
    assert _issued("b").serial == 2
    with pytest.raises(NotAllowed):
        actions.void(_issued("c"), " ", by="li", now=NOW)


CHANGES: dict[str, Callable[[Letter], object]] = {
    "deleting": lambda letter: letter.delete(),
    "another number": lambda letter: Letter.objects.filter(id=letter.id).update(number="样人社发〔2026〕9号"),
    "another content": lambda letter: Letter.objects.filter(id=letter.id).update(content=b"x"),
    "a voiding without a reason": lambda letter: Letter.objects.filter(id=letter.id).update(voided_by="x"),
}


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_keeps_what_was_issued(change: Callable[[Letter], object]) -> None:
    letter = _issued()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(letter)


@pytest.mark.usefixtures("series")
def test_letters_are_found_within_ones_area_only() -> None:
    here, there = _issued("a"), _issued("b", OTHER)
    scope = Scope(COUNTY)
    assert [one.id for one in queries.letters(scope, Asked())] == [here.id]
    assert queries.find_letter(there.id, scope) is None
    assert [one.id for one in queries.list_about("case:1", Scope("3311"))] == [here.id, there.id]
    assert list(queries.letters(scope, Asked(kind=Kind.REFUSAL))) == []
    assert [one.id for one in queries.letters(scope, Asked(number="〕1号"))] == [here.id]


@pytest.mark.usefixtures("series")
def test_a_letter_in_hand_is_checked_by_number_and_code() -> None:
    here, there = _issued("a"), _issued("b", OTHER)
    assert here.number == there.number
    assert queries.find_by_check(f" {here.number} ", here.check_code.lower().replace("-", "")) == here
    assert queries.find_by_check(there.number, there.check_code) == there
    assert queries.find_by_check(here.number, "0000-0000-0000") is None
    assert queries.find_by_check("", here.check_code) is None


@pytest.mark.usefixtures("database")
def test_a_draft_is_kept_nowhere_and_says_so() -> None:
    file = actions.make(sample(Kind.DECISION), COUNTY, "pdf")
    assert file.name == "关于给予样例奖补的决定.pdf"
    assert "草稿" in words_of_pdf(file.content)
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("words", ["", " ", "样〔2026〕", "样 发", "样发2", "样（发）"])
def test_words_for_numbers_are_words(words: str) -> None:
    with pytest.raises(NotAllowed):
        templates.set_series(Kind.DECISION, COUNTY, words, department="", by="chen")


@pytest.mark.usefixtures("database")
def test_each_department_words_its_numbers_itself() -> None:
    templates.set_series(Kind.DECISION, COUNTY, "样人社发", department="human-resources", by="chen")
    assert queries.find_series(Kind.DECISION, COUNTY, "human-resources") == "样人社发"
    assert queries.find_series(Kind.DECISION, COUNTY, "finance") is None
    assert queries.find_series(Kind.DECISION, "3311", "human-resources") is None


# --- At the same moment ----------------------------------------------------------------------------------------------


def _together(work: Callable[[int], object], count: int) -> list[object]:
    def alone(place: int) -> object:
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(alone, range(count)))


def _one_of_three_fails(place: int) -> int | None:
    try:
        with transaction.atomic():
            letter = _issued(f"case:{place}")
            if place % 3 == 0:
                raise RuntimeError
            return letter.serial
    except RuntimeError:
        return None


def _set_series() -> None:
    templates.set_series(Kind.DECISION, COUNTY, "样人社发", department="", by="chen")


@pytest.mark.usefixtures("apart")
def test_numbers_follow_one_another_whoever_asks_at_once_and_whatever_fails() -> None:
    _set_series()
    taken = _together(_one_of_three_fails, TRIES)
    kept = sorted(one for one in taken if isinstance(one, int))
    assert kept == [*range(1, len(kept) + 1)] and len(kept) == TRIES - len(range(0, TRIES, 3))
    assert queries.list_gaps("") == []


@pytest.mark.usefixtures("apart")
def test_a_double_click_at_the_same_moment_is_one_letter() -> None:
    _set_series()
    found = _together(lambda _place: _issued().id, 12)
    assert len(set(found)) == 1 and Counter.objects.get().last == 1


@pytest.mark.usefixtures("apart")
def test_a_number_is_taken_only_within_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        numbers.take("样", COUNTY, 2026)
