"""The phone and the recovery codes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from django_otp import models as throttling
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken

from luoshi.office.accounts import second_factor, sign_ins
from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import Phone, SignIn, User
from luoshi.office.accounts.roles import Role
from luoshi.office.accounts.second_factor import AlreadyEnrolled, CodeRefused, NotYet, closed
from luoshi.office.audit import queries as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Tampered

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 5, 4, 3, 2, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
KEY = "31" * 20
Clock = Callable[[datetime], None]


def code_at(moment: datetime, key: str = KEY) -> str:
    phone = TOTP(bytes.fromhex(key))
    phone.time = moment.timestamp()
    return f"{phone.token():06}"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock that the phone's codes and the waiting time are held against."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("django_otp.models.timezone", SimpleNamespace(now=lambda: moment))

    set_to(NOW)
    return set_to


def _verify(user: User, code: str, origin: str = "") -> Device:
    return second_factor.verify(user, code, throttling.timezone.now(), origin=origin)


@pytest.fixture
def user() -> User:
    made = open_account("chen", "样例", "a-long-sentence-7", by="tester")
    made.appointment = appoint(made, Post(Role.AUDITOR, "6211"), date(2026, 1, 1), by="tester")
    return made


def _key_of(user: User) -> str:
    phone = Phone.objects.get(user=user)
    return secrecy().open(bytes(phone.closed_key), f"accounts_phone.closed_key:{user.pk}")


def _enrol(user: User) -> tuple[str, ...]:
    """Enrolled long enough ago that every code of today is new."""
    then = NOW - timedelta(days=1)
    return second_factor.enrol(user, closed(user, KEY), code_at(then), then)[1]


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_early_or_late(clock: Clock, user: User, steps: int, accepted: bool) -> None:
    _enrol(user)
    if accepted:
        assert isinstance(_verify(user, code_at(NOW + steps * STEP)), Phone)
    else:
        with pytest.raises(CodeRefused):
            _verify(user, code_at(NOW + steps * STEP))


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_enrolment_takes_the_same_codes(user: User, steps: int, accepted: bool) -> None:
    if accepted:
        second_factor.enrol(user, closed(user, KEY), code_at(NOW + steps * STEP), NOW)
    else:
        with pytest.raises(CodeRefused):
            second_factor.enrol(user, closed(user, KEY), code_at(NOW + steps * STEP), NOW)
    assert second_factor.is_enrolled(user) is accepted


def test_the_window_does_not_follow_a_late_phone(clock: Clock, user: User) -> None:
    _enrol(user)
    _verify(user, code_at(NOW - STEP))
    clock(NOW + 10 * STEP)
    with pytest.raises(CodeRefused):
        _verify(user, code_at(NOW + 8 * STEP))


def test_a_code_works_once(clock: Clock, user: User) -> None:
    _enrol(user)
    _verify(user, code_at(NOW))
    with pytest.raises(CodeRefused):
        _verify(user, code_at(NOW))


def test_the_code_of_the_enrolment_works_once_too(clock: Clock, user: User) -> None:
    second_factor.enrol(user, closed(user, KEY), code_at(NOW), NOW)
    with pytest.raises(CodeRefused):
        _verify(user, code_at(NOW))


def test_a_recovery_code_works_once(clock: Clock, user: User) -> None:
    first, second, *others = _enrol(user)
    assert len(others) == 8
    _verify(user, first)
    assert second_factor.codes_left(user) == 9
    with pytest.raises(CodeRefused):
        _verify(user, first)
    clock(NOW + timedelta(seconds=2))
    _verify(user, second)
    assert second_factor.codes_left(user) == 8


def test_recovery_codes_are_not_kept_as_they_are(user: User) -> None:
    codes = _enrol(user)
    assert not {*codes} & {*StaticToken.objects.values_list("token", flat=True)}


def test_a_recovery_code_is_its_owners(clock: Clock, user: User) -> None:
    other = open_account("wang", "样例", "a-long-sentence-7", by="tester")
    codes = _enrol(user)
    _enrol(other)
    with pytest.raises(CodeRefused):
        _verify(other, codes[0])


def test_each_wrong_code_doubles_the_wait(clock: Clock, user: User) -> None:
    _enrol(user)
    moment, waits = NOW, []
    for _ in range(5):
        clock(moment)
        with pytest.raises(CodeRefused) as refused:
            _verify(user, "000000")
        assert refused.value.until is not None and not isinstance(refused.value, NotYet)
        waits.append((refused.value.until - moment).total_seconds())
        moment = refused.value.until
    assert waits == [1, 2, 4, 8, 16]


def test_the_right_code_waits_too_and_then_ends_the_wait(clock: Clock, user: User) -> None:
    _enrol(user)
    with pytest.raises(CodeRefused):
        _verify(user, "000000")
    with pytest.raises(NotYet) as refused:
        _verify(user, code_at(NOW))
    assert refused.value.until == NOW + timedelta(seconds=1)
    clock(NOW + timedelta(seconds=1))
    _verify(user, code_at(NOW))
    assert Phone.objects.get(user=user).throttling_failure_count == 0


def test_who_has_no_phone_has_no_code(user: User) -> None:
    for code in ("000000", "0000000000"):
        with pytest.raises(CodeRefused):
            _verify(user, code)


def test_a_second_phone_needs_the_first(clock: Clock, user: User) -> None:
    _enrol(user)
    other = "32" * 20
    with pytest.raises(AlreadyEnrolled):
        second_factor.enrol(user, closed(user, other), code_at(NOW, other), NOW)
    user.otp_device = _verify(user, code_at(NOW))
    old = user.otp_device
    _, codes = second_factor.enrol(user, closed(user, other), code_at(NOW, other), NOW)
    assert _key_of(user) == other
    assert second_factor.codes_left(user) == len(codes) == 10
    assert Device.from_persistent_id(old.persistent_id) is None
    with pytest.raises(AlreadyEnrolled):
        second_factor.enrol(user, closed(user, KEY), code_at(NOW), NOW)


def test_a_reset_leaves_nothing_and_signs_out(clock: Clock, user: User) -> None:
    _enrol(user)
    sign_ins.begin(user, "a" * 32, timezone.now(), address="10.1.2.3", agent="")
    second_factor.reset(user, "手机丢失", by="system")
    assert not second_factor.is_enrolled(user)
    assert second_factor.codes_left(user) == 0
    assert not SignIn.objects.filter(user=user).exists()


def test_everything_is_recorded_without_codes_keys_or_names(clock: Clock, user: User) -> None:
    codes = _enrol(user)
    with pytest.raises(CodeRefused):
        _verify(user, "000000", origin="10.1.2.*")
    with pytest.raises(NotYet):
        _verify(user, "111111")
    _verify(user, codes[0])
    second_factor.reset(user, "手机丢失", by="system")
    newest = audit.events("6211")[:4]
    assert [(event.action, event.actor) for event in newest] == [
        ("second-factor.reset", "system"),
        ("second-factor.recover", "chen"),
        ("second-factor.refuse", "chen"),
        ("second-factor.enrol", "chen"),
    ]
    assert {event.subject for event in newest} == {"account:chen"}
    assert newest[2].origin == "10.1.2.*"
    told = str(newest)
    assert not [secret for secret in ("样例", KEY, "000000", codes[0]) if secret in told]


def test_the_offer_can_be_typed_and_scanned(user: User) -> None:
    offer = second_factor.offer(user, closed(user, KEY))
    assert offer.secret.replace(" ", "") in offer.address
    assert offer.address.startswith("otpauth://totp/") and "样例" not in offer.address


def test_nobody_gets_the_key_of_another(user: User) -> None:
    offered = {second_factor.offer(user, second_factor.new_key(user)).secret for _ in range(50)}
    assert len(offered) == 50


def test_the_key_of_a_phone_is_not_kept_as_it_is(user: User) -> None:
    _enrol(user)
    kept = bytes(Phone.objects.get(user=user).closed_key)
    assert KEY.encode() not in kept and bytes.fromhex(KEY) not in kept
    assert _key_of(user) == KEY


def test_the_key_of_one_account_opens_nothing_in_the_row_of_another(clock: Clock, user: User) -> None:
    other = open_account("wang", "样例", "a-long-sentence-7", by="tester")
    _enrol(user)
    Phone.objects.filter(user=user).update(user=other)
    with pytest.raises(Tampered):
        _verify(other, code_at(NOW))


def test_phones_that_were_kept_in_clear_move_with_their_keys(clock: Clock, user: User) -> None:
    moving = import_module("luoshi.office.accounts.migrations.0004_keys_of_phones_are_encrypted")
    columns = "id bigint, user_id bigint, name text, confirmed bool, key text, last_t bigint"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {moving.OLD} ({columns}, created_at timestamptz, last_used_at timestamptz)")
        cursor.execute(f"INSERT INTO {moving.OLD} VALUES (1, %s, 'phone', true, %s, 5, now(), NULL)", [user.pk, KEY])
        moving.encrypt(None, SimpleNamespace(connection=connection))
        cursor.execute("SELECT to_regclass(%s)", [moving.OLD])
        assert cursor.fetchone() == (None,)
    assert (_key_of(user), Phone.objects.get(user=user).last_step) == (KEY, 5)
    _verify(user, code_at(NOW))
    moving.encrypt(None, SimpleNamespace(connection=connection))
    assert Phone.objects.count() == 1
