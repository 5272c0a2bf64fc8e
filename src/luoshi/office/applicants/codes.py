"""One-time codes: six digits, for five minutes, five tries, and no more than a phone and an address need.

Nothing here tells whether a phone has an account: whoever shows the code has one from then on.
"""

from __future__ import annotations

import hmac
import secrets  # noqa: TID251 # a code that can be foreseen protects nothing
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from luoshi.office.applicants.models import Applicant, OneTimeCode
from luoshi.office.audit import actions as audit
from luoshi.office.connectors.outbox import Message
from luoshi.office.connectors.sending import send
from luoshi.office.database.keys import secrecy

DIGITS = 6
HOLDS = timedelta(minutes=5)
TRIES = 5
AGAIN_AFTER = timedelta(seconds=60)
MOST_OF_PHONE = ((timedelta(hours=1), 5), (timedelta(days=1), 10))
MOST_OF_ADDRESS = ((timedelta(hours=1), 60), (timedelta(days=1), 300))
"""An office, a school, a whole village may share an address."""
KEPT = timedelta(days=2)
KIND = "code"


@transaction.atomic
def ask_code(phone: str, *, address: str, now: datetime, browser: str = "") -> bool:
    """Whether a code was sent; it opens for the browser that asked only. Who asked is told the same either way."""
    keys = secrecy()
    phone_index, address_index = keys.index(f"phone:{phone}"), keys.index(f"address:{address}")
    _one_at_a_time(phone_index, address_index)
    of_phone = OneTimeCode.objects.filter(phone_index=phone_index)
    of_address = OneTimeCode.objects.filter(address_index=address_index)
    is_soon = of_phone.filter(made_at__gt=now - AGAIN_AFTER).exists()
    limits = [(of_phone, *each) for each in MOST_OF_PHONE] + [(of_address, *each) for each in MOST_OF_ADDRESS]
    if is_soon or any(found.filter(made_at__gt=now - span).count() >= most for found, span, most in limits):
        return False
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    OneTimeCode.objects.create(
        phone_index=phone_index, address_index=address_index, digest=_digest(phone, code, browser), made_at=now
    )
    minutes = HOLDS // timedelta(minutes=1)
    words = _("验证码 %(code)s，%(minutes)d 分钟内有效。谁要都不要告诉，工作人员也不会要。【落实】")
    send(Message(phone, words % {"code": code, "minutes": minutes}, KIND), now)
    return True


@transaction.atomic
def find_signed_in(phone: str, code: str, now: datetime, *, origin: str = "", browser: str = "") -> Applicant | None:
    """The account of whoever shows the last code of a phone, opened if there was none; None where it is not right.

    Each look counts as a try, and a code is taken once.
    """
    found = (
        OneTimeCode.objects.select_for_update()
        .filter(phone_index=secrecy().index(f"phone:{phone}"))
        .order_by("-made_at", "-id")
        .first()
    )
    if found is None or found.used_at or found.tries >= TRIES or now >= found.made_at + HOLDS:
        return None
    found.tries += 1
    is_right = hmac.compare_digest(bytes(found.digest), _digest(phone, code, browser))
    found.used_at = now if is_right else None
    found.save(update_fields=["tries", "used_at"])
    return _account(phone, now, origin) if is_right else None


def forget_old(now: datetime) -> int:
    """How many codes are past all limits that count them; they are deleted."""
    return OneTimeCode.objects.filter(made_at__lte=now - KEPT).delete()[0]


def _account(phone: str, now: datetime, origin: str) -> Applicant | None:
    """The account of a phone; None for one that was closed."""
    keys = secrecy()
    kept = {"closed_phone": keys.close(phone, Applicant.PHONE), "opened_at": now}
    applicant, is_new = Applicant.objects.get_or_create(phone_index=keys.index(f"phone:{phone}"), defaults=kept)
    if applicant.closed_at is not None:
        return None
    subject = f"applicant:{applicant.id}"
    if is_new:
        audit.record("applicant.open", actor=subject, subject=subject, origin=origin)
    audit.record("applicant.sign-in", actor=subject, subject=subject, origin=origin)
    return applicant


def _digest(phone: str, code: str, browser: str) -> bytes:
    return secrecy().index(f"code:{phone}:{browser}:{code}")


def _one_at_a_time(*keys: bytes) -> None:
    """Whoever asks for the same phone or address at the same moment waits: limits are counted one after the other."""
    with connection.cursor() as cursor:
        for number in sorted(int.from_bytes(key[:8], signed=True) for key in keys):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
