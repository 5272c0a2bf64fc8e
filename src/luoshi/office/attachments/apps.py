"""The app of attachments."""

from django.apps import AppConfig


class Attachments(AppConfig):
    """Uploaded files."""

    name = "luoshi.office.attachments"
    label = "attachments"
