"""Templates of offices and who approved them, the words and counts of numbers, and the letters that were issued."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from luoshi.office.attachments.models import Attachment
from luoshi.office.letters.kinds import Kind


class Template(models.Model):
    """One version of an office's Word template for a kind of letters. It is never changed and never deleted."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.CharField(max_length=12, db_collation="C")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("kind", "area", "number", name="letter_template_number_once"),
            models.UniqueConstraint("kind", "area", "digest", name="letter_template_kept_once"),
            models.UniqueConstraint(fields=["id", "kind", "area", "uploaded_by"], name="letter_template_as_approved"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.area} {self.number}"


class Approval(models.Model):
    """From now on a template holds in its area; without one, the area has none of its own. The newest holds.

    Never by whoever uploaded the template: kind, area and `uploaded_by` are those of the template, held by a foreign
    key, so that the database itself refuses.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.CharField(max_length=12, db_collation="C")
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="approvals")
    uploaded_by = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "area", "id"], name="letter_approval")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(by=F("uploaded_by")) & ~Q(by=""), name="letter_approved_by_another"),
            models.CheckConstraint(
                condition=Q(template=None, uploaded_by="") | (Q(template__isnull=False) & ~Q(uploaded_by="")),
                name="letter_approval_names_the_uploader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.area}: {self.template_id}"


class Series(models.Model):
    """The words before the year in the numbers that an office gives letters of a kind. The newest holds."""

    area = models.CharField(max_length=12, db_collation="C")
    department = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=20)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "department", "kind", "id"], name="letter_series"),
        ]
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=~Q(words=""), name="letter_series_words")]

    def __str__(self) -> str:
        return f"{self.area} {self.kind}: {self.words}"


class Counter(models.Model):
    """The last number that was given in a series of an area and year."""

    series = models.CharField(max_length=20)
    area = models.CharField(max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("series", "area", "year", name="letter_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.area} {self.year}: {self.last}"


class Letter(models.Model):
    """A letter that was issued: by whom, when, under which number, about what. What stands in it is encrypted.

    The database refuses to delete one and to change anything but its voiding.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.CharField(max_length=12, db_collation="C")
    key = models.CharField(max_length=160, unique=True)
    """What it was issued for; asked for a second time it is the same letter."""
    subject = models.CharField(max_length=160)
    """What it is about: a kind and a key ("case:12")."""
    series = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    """As it stands on the letter; empty for kinds that have none."""
    day = models.DateField()
    digest = models.BinaryField(max_length=32)
    """Of what stands in it, made with the key of the installation."""
    content = models.BinaryField()
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="letters")
    """The Word template that held when it was issued; without one, the default layout."""
    issued_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    voided_by = models.CharField(max_length=60, blank=True)
    voided_at = models.DateTimeField(null=True)
    voiding = models.CharField(max_length=200, blank=True)
    """Why it does not hold any more. Its number stays its own."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "id"], name="letter_area"),
            models.Index(fields=["subject"], name="letter_subject"),
            models.Index(fields=["number"], name="letter_number"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("series", "area", "year", "serial", name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(series="", serial=None, number="") | (~Q(series="") & Q(serial__gt=0) & ~Q(number="")),
                name="letter_number_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by="", voiding="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(voiding="")),
                name="letter_voiding_is_recorded_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.kind} {self.number}"

    @property
    def check_code(self) -> str:
        """What stands on the letter, so that it can be checked."""
        return grouped(bytes(self.digest))


def grouped(digest: bytes) -> str:
    """The beginning of a digest in groups of four.

    >>> grouped(bytes.fromhex("0a1b2c3d4e5f60718293"))
    '0A1B-2C3D-4E5F'
    """
    signs = digest.hex().upper()[:12]
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
