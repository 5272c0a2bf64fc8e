"""Whether a reader may open a route, so that a page links only what opens."""

from __future__ import annotations

from django import template

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open

register = template.Library()


@register.filter
def may(user: object, route: str) -> bool:
    """Whether somebody may open a route."""
    return isinstance(user, User) and may_open(route, user.role)
