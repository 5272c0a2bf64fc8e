"""Where accounts are signed in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.actions import open_account
from luoshi.office.accounts.models import SignIn, User
from luoshi.office.accounts.sessions import SessionStore, digest

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 5, 4, 3, 2, 10, tzinfo=UTC)
IDLE = timedelta(minutes=30)


@pytest.fixture
def user() -> User:
    return open_account("chen", "样例", "a-long-sentence-7", by="tester")


def _begin(user: User, now: datetime = NOW) -> str:
    session = SessionStore()
    session.create()
    key = str(session.session_key)
    Session.objects.filter(pk=digest(key)).update(expire_date=now + timedelta(hours=8))
    sign_ins.begin(user, key, now, address="10.20.30.40", agent="x" * 400)
    return key


def test_the_key_of_a_session_is_not_kept(user: User) -> None:
    key = _begin(user)
    one = SignIn.objects.get()
    assert key not in (one.session, one.agent)
    assert [found.pk for found in Session.objects.all()] == [one.session]
    assert not SessionStore(one.session).exists(one.session), "what the table shows opens nothing"
    assert SessionStore(one.session).load() == {} and SessionStore(key).exists(key)
    assert (one.address, len(one.agent)) == ("10.20.30.*", 255)
    assert [found.pk for found in sign_ins.list_sign_ins(user, NOW)] == [one.pk]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10.20.30.40", "10.20.30.*"),
        ("2408:8207:7a01::5", "2408:8207:7a01:*"),
        ("::1", "0:0:0:*"),
        ("::ffff:10.20.30.40", "10.20.30.*"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_addresses_are_shortened(given: str, kept: str) -> None:
    assert sign_ins.shortened(given) == kept


@pytest.mark.parametrize(("seconds", "written"), [(0, False), (59, False), (60, True), (1800, True)])
def test_a_sign_in_is_renewed_at_most_every_minute(user: User, seconds: int, written: bool) -> None:
    key = _begin(user)
    later = NOW + timedelta(seconds=seconds)
    assert sign_ins.goes_on(key, later, IDLE, counts=False)
    assert SignIn.objects.get().last_seen == NOW, "a page that asks for itself is nobody at work"
    assert sign_ins.goes_on(key, later, IDLE)
    assert SignIn.objects.get().last_seen == (later if written else NOW)


@pytest.mark.parametrize(("seconds", "goes_on"), [(1800, True), (1801, False), (7200, False)])
def test_a_sign_in_is_over_after_half_an_hour_of_nothing(user: User, seconds: int, goes_on: bool) -> None:
    key = _begin(user)
    assert sign_ins.goes_on(key, NOW + timedelta(seconds=seconds), IDLE) == goes_on


def test_a_sign_in_ends_with_its_session(user: User) -> None:
    _begin(user)
    assert sign_ins.list_sign_ins(user, NOW + timedelta(hours=8)) == []
    _begin(user, NOW + timedelta(hours=9))
    assert SignIn.objects.count() == 1


def test_ending_one_ends_its_session_only(user: User) -> None:
    first, second = _begin(user), _begin(user)
    assert sign_ins.end(user, SignIn.objects.get(session=digest(first)).pk)
    assert [key for key in (first, second) if SessionStore(key).exists(key)] == [second]


def test_nobody_ends_the_sign_in_of_another(user: User) -> None:
    other = open_account("wang", "样例", "a-long-sentence-7", by="tester")
    key = _begin(other)
    assert not sign_ins.end(user, SignIn.objects.get().pk)
    assert sign_ins.end_all(user) == 0
    assert SessionStore(key).exists(key)


def test_all_others_are_ended(user: User) -> None:
    keys = [_begin(user) for _ in range(3)]
    assert sign_ins.end_all(user, but=keys[1]) == 2
    assert [key for key in keys if SessionStore(key).exists(key)] == [keys[1]]


def test_a_session_with_a_new_key_is_still_the_same_sign_in(user: User) -> None:
    key = _begin(user)
    sign_ins.move(key, "b" * 32)
    assert SignIn.objects.get().session == digest("b" * 32)
