"""The app of the event log."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The event log. Its tables are another role's: see `chain.sql`."""

    name = "luoshi.office.audit"
    label = "audit"
