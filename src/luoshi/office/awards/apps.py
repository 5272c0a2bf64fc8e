"""The app of award rounds."""

from django.apps import AppConfig


class Awards(AppConfig):
    """Rounds of the awards of policies."""

    name = "luoshi.office.awards"
    label = "awards"
