"""The roles that the documents name, and the scope a holder sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EVERYWHERE = ""
NOWHERE = "-"
"""A prefix that no division code begins with."""


class Role(TextChoices):
    """What somebody is appointed as."""

    CITY_COORDINATOR = "city_coordinator", _("市级统筹")
    DEPARTMENT_OFFICER = "department_officer", _("部门经办")
    FINANCE_OFFICER = "finance_officer", _("财政经办")
    TOWNSHIP_CADRE = "township_cadre", _("乡镇干部")
    VILLAGE_ADMINISTRATOR = "village_administrator", _("村级管理员")
    AUDITOR = "auditor", _("审计")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")


@dataclass(frozen=True)
class Scope:
    """The part of the country that somebody sees: every area whose division code begins with `area`.

    >>> Scope("6211").covers("621102103"), Scope("6211").covers("6212"), Scope(NOWHERE).covers("6211")
    (True, False, False)
    """

    area: str

    def covers(self, code: str) -> bool:
        """Whether an area lies in the scope, by its code."""
        return code.startswith(self.area)
