"""The app of imports."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """What comes in as files: imports with their problems, and the rows that each of them wrote."""

    name = "luoshi.office.exchange"
    label = "exchange"
