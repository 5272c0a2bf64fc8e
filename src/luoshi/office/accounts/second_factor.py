"""The second factor: a phone that shows codes, and ten recovery codes for the day on which it is not at hand.

A code is six digits, holds for one step of thirty seconds, is also taken one step early or late, and only once. Each
wrong code doubles the time until the next may be tried. Recovery codes have ten digits and are kept as digests.
"""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.audit import actions as audit

DIGITS = 6
RECOVERY_CODES, RECOVERY_DIGITS = 10, 10
KEY_BYTES = 20
DIGEST = 16
"""Characters of a digest that the table of recovery codes has room for."""


class CodeRefused(AccountError):
    """A code that is not, or no longer, the right one; none is looked at before `until`."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__("the code was refused")
        self.until = until


class NotYet(CodeRefused):
    """A code that was not even looked at: too many wrong ones came before it."""


class AlreadyEnrolled(AccountError):
    """The account has a phone, and whoever asks has not shown its code."""


@dataclass(frozen=True)
class Offer:
    """What a phone needs to know: the secret to type, or the address in which it stands, to be read from a picture."""

    secret: str
    address: str


def is_enrolled(user: User) -> bool:
    """Whether the account has a phone that shows codes."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def codes_left(user: User) -> int:
    """How many recovery codes are still unused."""
    return int(StaticToken.objects.filter(device__user=user).count())


def new_key() -> str:
    """A key that nobody has. It is kept with the session that asked for it: two who enrol never see the same one."""
    return str(random_hex(KEY_BYTES))


def offer(user: User, key: str) -> Offer:
    """How a key is brought to a phone."""
    device = TOTPDevice(user=user, key=key)
    secret = b32encode(device.bin_key).decode()
    return Offer(" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)), device.config_url)


def enrol(user: User, key: str, code: str, now: datetime, *, origin: str = "") -> tuple[Device, tuple[str, ...]]:
    """The phone that shows `code` for `key` is the account's only one; with it new recovery codes, said only here.

    `AlreadyEnrolled` where another phone stands and the session has not been verified; `CodeRefused` for a wrong code.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if is_enrolled(user) and not _stands(user.otp_device):
            raise AlreadyEnrolled("the account has a second factor; its code comes first")
        device = TOTPDevice(user=user, name="phone", key=key)
        shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
        shown.time = now.timestamp()
        right = shown.verify(int(code), device.tolerance)
        codes: tuple[str, ...] = ()
        if right:
            _forget(user)
            device.last_t = shown.t()
            device.save()
            codes = _new_recovery_codes(user)
        _record("second-factor.enrol" if right else "second-factor.refuse", user, user.username, origin)
    if not right:
        raise CodeRefused
    return device, codes


def verify(user: User, code: str, *, origin: str = "") -> Device:
    """What has accepted the code: the phone, or the recovery codes, which have one less now.

    `CodeRefused` for a wrong code; `NotYet` where too many wrong ones came before. What was refused is kept and
    recorded, so it is told only after the transaction.
    """
    kind, said = (TOTPDevice, code) if len(code) == DIGITS else (StaticDevice, _digest(code))
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        looked_at = device is not None and device.verify_is_allowed()[0]
        accepted = looked_at and device.verify_token(said)
        if looked_at and not accepted:
            _record("second-factor.refuse", user, user.username, origin)
        if accepted and kind is StaticDevice:
            _record("second-factor.recover", user, user.username, origin)
    if accepted:
        return device
    until = None if device is None else (device.verify_is_allowed()[1] or {}).get("locked_until")
    raise CodeRefused(until) if looked_at else NotYet(until)


@transaction.atomic
def reset(user: User, *, by: str, origin: str = "") -> None:
    """The account has no phone and no recovery codes, and is signed in nowhere: the next sign-in enrols."""
    _forget(user)
    sign_ins.end_all(user)
    _record("second-factor.reset", user, by, origin)


def _stands(device: Any) -> bool:
    return device is not None and Device.from_persistent_id(device.persistent_id) is not None


def _forget(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _new_recovery_codes(user: User) -> tuple[str, ...]:
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(get_random_string(RECOVERY_DIGITS, "0123456789"))
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return tuple(sorted(codes))


def _digest(code: str) -> str:
    return salted_hmac("luoshi.recovery", code, algorithm="sha256").hexdigest()[:DIGEST]


def _record(action: str, user: User, by: str, origin: str) -> None:
    area = user.appointment.area if user.appointment else ""
    audit.record(action, actor=by, subject=f"account:{user.username}", area=area, origin=origin)
