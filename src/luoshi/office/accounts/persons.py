"""Who is behind an account. Of a person only the keyed index of the number on their card is kept.

Whatever takes two people takes two persons, not two accounts: asked here first, and held by the database, which has the
same question as `accounts_person` and a trigger for it (`persons.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import User
from luoshi.office.accounts.recording import record
from luoshi.office.database.keys import secrecy
from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId


def index_of(number: str) -> bytes:
    """What a person is told apart by; `AccountError` for what is no number of a citizen."""
    try:
        return secrecy().index(CitizenId.parse(number).text)
    except BadCitizenId as wrong:
        raise AccountError(f"no number of a citizen ({wrong.reason}); expected 18 signs", "id-number") from None


def is_same_person(account: str, *others: str | None) -> bool:
    """Whether one of the others is the same account, or another account of the same person."""
    named = {other for other in others if other}
    if not named or account in named:
        return account in named
    person = User.objects.filter(username=account).exclude(person_index=None).values("person_index")
    return User.objects.filter(username__in=named, person_index__in=person).exists()


def list_others(user: User) -> Sequence[User]:
    """The other accounts of the same person, in the order of their names."""
    if user.person_index is None:
        return []
    return list(User.objects.filter(person_index=user.person_index).exclude(pk=user.pk).order_by("username"))


@transaction.atomic
def name_person(user: User, number: str, *, by: str, origin: str = "") -> None:
    """It is known who is behind the account; said again with another number it is corrected. On record each time.

    `AccountError` for what is no number of a citizen.
    """
    user.person_index = index_of(number)
    user.save(update_fields=["person_index"])
    record("account.person", user, by=by, origin=origin)
