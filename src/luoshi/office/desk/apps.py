"""The app of the officials' site."""

from django.apps import AppConfig


class Desk(AppConfig):
    """The officials' site."""

    name = "luoshi.office.desk"
    label = "desk"
