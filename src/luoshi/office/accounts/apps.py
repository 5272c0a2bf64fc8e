"""The app of accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Accounts and roles."""

    name = "luoshi.office.accounts"
    label = "accounts"
