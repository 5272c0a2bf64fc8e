"""The app of runs."""

from django.apps import AppConfig


class Runs(AppConfig):
    """Runs of packs over registers."""

    name = "luoshi.office.runs"
    label = "runs"
