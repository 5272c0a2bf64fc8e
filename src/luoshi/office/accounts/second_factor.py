"""The second factor: a phone that shows codes, and ten recovery codes for the day on which it is not at hand.

A code is six digits, holds for one step of thirty seconds, is also taken one step early or late, and only once. Each
wrong code doubles the time until the next may be tried. The key of a phone is kept encrypted; recovery codes have ten
digits and are kept as digests.
"""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.util import random_hex

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Phone, User
from luoshi.office.accounts.recording import record
from luoshi.office.database.keys import secrecy

DIGITS = 6
RECOVERY_CODES, RECOVERY_DIGITS = 10, 10
KEY_BYTES = 20
EARLY_OR_LATE = 1
"""Steps by which a phone's clock may be wrong."""
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
    return bool(Phone.objects.filter(user=user, confirmed=True).exists())


def codes_left(user: User) -> int:
    """How many recovery codes are still unused."""
    return int(StaticToken.objects.filter(device__user=user).count())


def closed(user: User, key: str) -> str:
    """A key (hexadecimal) as it is kept: encrypted, and of use for this account only."""
    return secrecy().close(key, _place(user)).hex()


def new_key(user: User) -> str:
    """A key that nobody has, closed. The session that asked keeps it: two who enrol never see the same one."""
    return closed(user, str(random_hex(KEY_BYTES)))


def offer(user: User, kept: str) -> Offer:
    """How a closed key is brought to a phone."""
    issuer = str(settings.OTP_TOTP_ISSUER)
    secret = b32encode(_opened(user, bytes.fromhex(kept))).decode()
    asked = urlencode({"secret": secret, "algorithm": "SHA1", "digits": DIGITS, "period": 30, "issuer": issuer})
    address = f"otpauth://totp/{quote(f'{issuer}:{user.username}')}?{asked}"
    return Offer(" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)), address)


def enrol(user: User, kept: str, code: str, now: datetime, *, origin: str = "") -> tuple[Device, tuple[str, ...]]:
    """The phone that shows `code` for a closed key is the account's only one; with it new codes, said only here.

    `AlreadyEnrolled` where another phone stands and the session has not been verified; `CodeRefused` for a wrong code.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if is_enrolled(user) and not _stands(user.otp_device):
            raise AlreadyEnrolled("the account has a second factor; its code comes first")
        phone = Phone(user=user, name="phone", closed_key=bytes.fromhex(kept))
        step = _step_of(phone, code, now)
        codes: tuple[str, ...] = ()
        if step is not None:
            _forget(user)
            phone.last_step = step
            phone.save()
            codes = _new_recovery_codes(user)
        action = "second-factor.refuse" if step is None else "second-factor.enrol"
        record(action, user, by=user.username, origin=origin)
    if step is None:
        raise CodeRefused
    return phone, codes


def verify(user: User, code: str, now: datetime, *, origin: str = "") -> Device:
    """What has accepted the code: the phone, or the recovery codes, which have one less now.

    `CodeRefused` for a wrong code; `NotYet` where too many wrong ones came before. What was refused is kept and
    recorded, so it is told only after the transaction.
    """
    kind: Any = Phone if len(code) == DIGITS else StaticDevice
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        looked_at = device is not None and device.verify_is_allowed()[0]
        accepted = looked_at and (_shows(device, code, now) if kind is Phone else device.verify_token(_digest(code)))
        if looked_at and not accepted:
            record("second-factor.refuse", user, by=user.username, origin=origin)
        if accepted and kind is StaticDevice:
            record("second-factor.recover", user, by=user.username, origin=origin)
    if accepted:
        return device
    until = None if device is None else (device.verify_is_allowed()[1] or {}).get("locked_until")
    raise CodeRefused(until) if looked_at else NotYet(until)


@transaction.atomic
def reset(user: User, reason: str, *, by: str, origin: str = "") -> None:
    """The account has no phone and no recovery codes, and is signed in nowhere: the next sign-in enrols."""
    _forget(user)
    sign_ins.end_all(user)
    record("second-factor.reset", user, by=by, origin=origin, basis=reason)


def _place(user: User) -> str:
    return f"accounts_phone.closed_key:{user.pk}"


def _opened(user: User, cell: bytes) -> bytes:
    return bytes.fromhex(secrecy().open(cell, _place(user)))


def _step_of(phone: Phone, code: str, now: datetime) -> int | None:
    """The step for which the phone shows a code about now; None where it does not, or where it was taken already."""
    shown = TOTP(_opened(phone.user, bytes(phone.closed_key)), digits=DIGITS)
    shown.time = now.timestamp()
    return int(shown.t()) if shown.verify(int(code), EARLY_OR_LATE, phone.last_step + 1) else None


def _shows(phone: Phone, code: str, now: datetime) -> bool:
    step = _step_of(phone, code, now)
    if step is None:
        phone.throttle_increment()
        return False
    phone.last_step = step
    phone.throttle_reset(commit=False)
    phone.set_last_used_timestamp(commit=False)
    phone.save()
    return True


def _stands(device: Any) -> bool:
    return device is not None and Device.from_persistent_id(device.persistent_id) is not None


def _forget(user: User) -> None:
    Phone.objects.filter(user=user).delete()
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
