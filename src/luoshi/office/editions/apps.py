"""The app of editions."""

from django.apps import AppConfig


class Editions(AppConfig):
    """Editions of packs, and the days from which they hold."""

    name = "luoshi.office.editions"
    label = "editions"
