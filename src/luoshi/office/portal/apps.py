"""The app of the public site."""

from django.apps import AppConfig


class Portal(AppConfig):
    """The public site."""

    name = "luoshi.office.portal"
    label = "portal"
