"""The app of worklists."""

from django.apps import AppConfig


class Worklists(AppConfig):
    """What is to be done after a run."""

    name = "luoshi.office.worklists"
    label = "worklists"
