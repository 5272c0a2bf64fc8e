"""One-time codes: how long, how often, how many; nothing tells whether a phone is known."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from luoshi.office.applicants import codes
from luoshi.office.applicants.models import Applicant, OneTimeCode
from luoshi.office.connectors.models import OutgoingMessage
from luoshi.office.connectors.outbox import list_waiting

pytestmark = pytest.mark.usefixtures("database")

PHONE, OTHER, ADDRESS = "13800001234", "13900005678", "10.0.0.7"
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _asked(now: datetime = NOW, phone: str = PHONE, address: str = ADDRESS) -> str:
    assert codes.ask_code(phone, address=address, now=now)
    found = re.search(r"\d{6}", list_waiting()[0].message.text)
    assert found is not None
    return found.group()


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.mark.parametrize(("after", "is_taken"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_a_code_holds_for_five_minutes(after: timedelta, is_taken: bool) -> None:
    code = _asked()
    assert (codes.find_signed_in(PHONE, code, NOW + codes.HOLDS + after) is not None) == is_taken


def test_a_code_opens_for_the_browser_that_asked_only() -> None:
    assert codes.ask_code(PHONE, address=ADDRESS, now=NOW, browser="one")
    code = list_waiting()[0].message.text[4:10]
    assert code.isdigit()
    assert codes.find_signed_in(PHONE, code, NOW, browser="another") is None
    assert codes.find_signed_in(PHONE, code, NOW) is None
    assert codes.find_signed_in(PHONE, code, NOW, browser="one") is not None


@pytest.mark.parametrize(("wrong", "is_taken"), [(3, True), (4, True), (5, False), (6, False)])
def test_a_code_has_five_tries(wrong: int, is_taken: bool) -> None:
    code = _asked()
    for _ in range(wrong):
        assert codes.find_signed_in(PHONE, _wrong(code), NOW) is None
    assert (codes.find_signed_in(PHONE, code, NOW) is not None) == is_taken


def test_a_code_is_taken_once() -> None:
    code = _asked()
    assert codes.find_signed_in(PHONE, code, NOW) is not None
    assert codes.find_signed_in(PHONE, code, NOW) is None


def test_only_the_newest_code_counts() -> None:
    first = _asked()
    second = _asked(NOW + codes.AGAIN_AFTER)
    later = NOW + codes.AGAIN_AFTER
    if first != second:
        assert codes.find_signed_in(PHONE, first, later) is None
    assert codes.find_signed_in(PHONE, second, later) is not None


@pytest.mark.parametrize(("after", "is_sent"), [(-SECOND, False), (timedelta(0), True), (SECOND, True)])
def test_the_next_code_is_sent_after_a_minute(after: timedelta, is_sent: bool) -> None:
    _asked()
    assert codes.ask_code(PHONE, address=ADDRESS, now=NOW + codes.AGAIN_AFTER + after) == is_sent


def test_a_phone_gets_five_an_hour_and_ten_a_day() -> None:
    sent = [minutes for minutes in range(0, 24 * 60, 2) if codes.ask_code(
        PHONE, address=f"10.0.{minutes}.1", now=NOW + timedelta(minutes=minutes))]  # fmt: skip
    assert len([minutes for minutes in sent if minutes < 60]) == 5
    assert len(sent) == 10
    assert codes.ask_code(PHONE, address=ADDRESS, now=NOW + timedelta(days=1, minutes=1))


def test_an_address_gets_sixty_an_hour() -> None:
    sent = [codes.ask_code(f"138{number:08}", address=ADDRESS, now=NOW) for number in range(62)]
    assert sent == [True] * 60 + [False] * 2
    assert codes.ask_code(OTHER, address="10.0.0.8", now=NOW)


def test_another_phones_code_opens_nothing() -> None:
    code = _asked()
    _asked(phone=OTHER)
    assert codes.find_signed_in(OTHER, code, NOW) is None or code == _wrong(code)


def test_the_first_code_opens_an_account_and_the_next_finds_it() -> None:
    first = codes.find_signed_in(PHONE, _asked(), NOW)
    later = NOW + timedelta(hours=2)
    second = codes.find_signed_in(PHONE, _asked(later), later)
    assert first is not None
    assert first == second
    assert Applicant.objects.count() == 1


def test_a_closed_account_opens_with_no_code() -> None:
    found = codes.find_signed_in(PHONE, _asked(), NOW)
    assert found is not None
    Applicant.objects.update(closed_at=NOW)
    later = NOW + timedelta(hours=2)
    assert codes.find_signed_in(PHONE, _asked(later), later) is None


def test_neither_phone_nor_code_is_kept_in_clear() -> None:
    code = _asked()
    codes.find_signed_in(PHONE, code, NOW)
    kept = [
        *OneTimeCode.objects.values_list(),
        *Applicant.objects.values_list(),
        *OutgoingMessage.objects.values_list(),
    ]
    said = b" ".join(
        bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell).encode() for row in kept for cell in row
    )
    assert PHONE.encode() not in said
    assert code.encode() not in said


def test_old_codes_are_forgotten() -> None:
    _asked()
    assert codes.forget_old(NOW + codes.KEPT - SECOND) == 0
    assert codes.forget_old(NOW + codes.KEPT) == 1
