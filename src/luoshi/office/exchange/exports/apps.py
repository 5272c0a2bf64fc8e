"""The app of exports."""

from django.apps import AppConfig


class Exports(AppConfig):
    """Lists as files."""

    name = "luoshi.office.exchange.exports"
    label = "exports"
