"""The app of public notices."""

from django.apps import AppConfig


class Notices(AppConfig):
    """Public notices."""

    name = "luoshi.office.notices"
    label = "notices"
