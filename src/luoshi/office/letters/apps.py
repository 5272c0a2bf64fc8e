"""The app of letters."""

from django.apps import AppConfig


class Letters(AppConfig):
    """Documents from data."""

    name = "luoshi.office.letters"
    label = "letters"
