"""Names the app of cases."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases, their tasks, votes and decisions."""

    name = "luoshi.office.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
