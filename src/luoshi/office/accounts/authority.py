"""What whoever keeps accounts may do about those of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.policy import APPOINTS
from luoshi.office.accounts.roles import Scope
from luoshi.office.accounts.terms import overlapping


@dataclass(frozen=True)
class Authority:
    """Of one keeper of accounts: in which area, and for which roles. Nobody has any over an account of their own."""

    keeper: int
    scope: Scope
    roles: frozenset[str]
    person: bytes | None = None
    """Who the keeper is, as far as that is known."""

    def may_appoint(self, role: str, area: str) -> bool:
        """Whether such a post may be given."""
        return role in self.roles and self.scope.covers(area)

    def may_see(self, user: User, today: date) -> bool:
        """Whether the account works, or worked last, within the area."""
        shown = newest(user, today)
        return self.scope.covers(shown.area if shown else "")

    def may_keep(self, user: User, today: date) -> bool:
        """Whether the account may be changed: all that it holds, now or later, could have been given."""
        if user.pk == self.keeper or (self.person is not None and user.person == self.person):
            return False
        held = list(overlapping(user, today)) or [one for one in [newest(user, today)] if one]
        return all(self.may_appoint(one.role, one.area) for one in held) if held else self.scope.covers("")

    def hold(self, role: str, area: str) -> None:
        """Nothing; `AccountError` where such a post may not be given."""
        if role not in self.roles:
            raise AccountError(f"the role {role} is given by the system administrator", "not-this-role")
        if not self.scope.covers(area):
            told = f"{area or 'everywhere'} lies beyond {self.scope.area}"
            raise AccountError(told, "beyond", seen=area, area=self.scope.area)


def authority_of(user: User) -> Authority:
    """What an account may do about others on the day of its request."""
    return Authority(user.pk, user.scope, APPOINTS.get(user.role, frozenset()), user.person)


def newest(user: User, today: date) -> Appointment | None:
    """The appointment of the day, else the one that began last."""
    return user.appointment_on(today) or user.appointments.order_by("-start").first()
