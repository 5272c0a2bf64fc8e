"""Where accounts are signed in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.actions import open_account
from luoshi.office.accounts.models import SignIn, User

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 5, 4, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return open_account("chen", "样例", "a-long-sentence-7", by="tester")


def _begin(user: User, now: datetime = NOW) -> str:
    session = SessionStore()
    session.create()
    Session.objects.filter(pk=session.session_key).update(expire_date=now + timedelta(hours=8))
    key = str(session.session_key)
    sign_ins.begin(user, key, now, address="10.20.30.40", agent="x" * 400)
    return key


def test_the_key_of_a_session_is_not_kept(user: User) -> None:
    key = _begin(user)
    one = SignIn.objects.get()
    assert key not in (one.session, one.agent)
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


@pytest.mark.parametrize(("seconds", "written"), [(0, False), (299, False), (300, True), (301, True)])
def test_a_sign_in_is_renewed_at_most_every_five_minutes(user: User, seconds: int, written: bool) -> None:
    key = _begin(user)
    later = NOW + timedelta(seconds=seconds)
    sign_ins.renew(key, later)
    assert SignIn.objects.get().last_seen == (later if written else NOW)


def test_a_sign_in_ends_with_its_session(user: User) -> None:
    _begin(user)
    assert sign_ins.list_sign_ins(user, NOW + timedelta(hours=8)) == []
    _begin(user, NOW + timedelta(hours=9))
    assert SignIn.objects.count() == 1


def test_ending_one_ends_its_session_only(user: User) -> None:
    first, second = _begin(user), _begin(user)
    assert sign_ins.end(user, SignIn.objects.get(session=sign_ins.digest(first)).pk)
    assert [key for key in (first, second) if Session.objects.filter(pk=key).exists()] == [second]


def test_nobody_ends_the_sign_in_of_another(user: User) -> None:
    other = open_account("wang", "样例", "a-long-sentence-7", by="tester")
    key = _begin(other)
    assert not sign_ins.end(user, SignIn.objects.get().pk)
    assert sign_ins.end_all(user) == 0
    assert Session.objects.filter(pk=key).exists()


def test_all_others_are_ended(user: User) -> None:
    keys = [_begin(user) for _ in range(3)]
    assert sign_ins.end_all(user, but=keys[1]) == 2
    assert [key for key in keys if Session.objects.filter(pk=key).exists()] == [keys[1]]


def test_a_session_with_a_new_key_is_still_the_same_sign_in(user: User) -> None:
    key = _begin(user)
    sign_ins.move(key, "b" * 32)
    assert SignIn.objects.get().session == sign_ins.digest("b" * 32)
