"""Lists of people that other offices give, against which every batch is held: the dead, those who moved away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonList(models.Model):
    """A list as it was given. The newest of a kind that covers an area is the one that counts."""

    class Kind(models.TextChoices):
        """Who stands on it."""

        DEAD = "dead", _("死亡人员")
        MOVED = "moved", _("迁出人员")
        DETAINED = "detained", _("服刑人员")
        CADRE = "cadre", _("村干部及其近亲属")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.CharField(max_length=12, db_collation="C")
    source = models.CharField(max_length=120)
    as_of = models.DateField()
    rows = models.IntegerField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.area} {self.as_of}"


class ListedPerson(models.Model):
    """Somebody on a list, by the keyed index of the id number; nothing else of them is kept."""

    list = models.ForeignKey(PersonList, models.CASCADE, related_name="people")
    id_index = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["list", "id_index"], name="listed_person")]

    def __str__(self) -> str:
        return f"{self.list_id}"
