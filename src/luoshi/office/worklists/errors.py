"""What may not be done with a worklist."""

from __future__ import annotations


class WrongContact(ValueError):
    """A contact that cannot be kept: of a day to come, without the way it was made, or an application before it."""


class WrongHandling(ValueError):
    """A step that a finding cannot take: without its reason, or by way of a state that is none."""


class NotListed(LookupError):
    """A subject that is not on the list that somebody acts on."""
