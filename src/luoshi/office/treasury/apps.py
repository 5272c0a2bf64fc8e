"""The app of the treasury."""

from django.apps import AppConfig


class Treasury(AppConfig):
    """Money: what there is, what is promised, what was paid."""

    name = "luoshi.office.treasury"
    label = "treasury"
