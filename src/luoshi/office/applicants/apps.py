"""The app of the public's accounts."""

from django.apps import AppConfig


class Applicants(AppConfig):
    """The public's accounts."""

    name = "luoshi.office.applicants"
    label = "applicants"
