"""The app of periodic sheets."""

from django.apps import AppConfig


class Sheets(AppConfig):
    """What is recorded period by period."""

    name = "luoshi.office.sheets"
    label = "sheets"
