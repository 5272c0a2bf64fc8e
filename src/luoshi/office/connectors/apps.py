"""The app of messages that leave the service."""

from django.apps import AppConfig


class Connectors(AppConfig):
    """Messages that leave the service."""

    name = "luoshi.office.connectors"
    label = "connectors"
