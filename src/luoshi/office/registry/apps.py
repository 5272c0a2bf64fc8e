"""The app of the registers."""

from django.apps import AppConfig


class Registry(AppConfig):
    """The registers. Their tables are made from packs by `building`; what stays the same is in `ground.sql`."""

    name = "luoshi.office.registry"
    label = "registry"
