"""What goes to the bank and comes back from it, and the layouts of both."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BankLayout(models.Model):
    """How a bank takes its file and gives it back. `columns` are pairs of a field and a title, in order.

    Of a code there are several, by `number`. One is in use from `start`, by the word of `confirmed_by`, until the next
    one is, and is never changed from then on; without `start` it is a draft. Nobody made what came with the service.

    `back` names the columns of the file that comes back, by title: number, amount, result, and where it has them reason
    and account; `paid_words` are the results that mean that the money has arrived.
    """

    class Form(models.TextChoices):
        """The kind of file."""

        XLSX = "xlsx", _("Excel 表格")
        TEXT = "text", _("文本文件")

    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=80)
    form = models.CharField(max_length=4, choices=Form.choices)
    separator = models.CharField(max_length=1, default=",")
    encoding = models.CharField(max_length=10, default="gb18030", choices=[("gb18030", "GB 18030"), ("utf-8", "UTF-8")])
    columns = models.JSONField()
    has_header = models.BooleanField(default=True)
    has_control = models.BooleanField(default=True)
    """Whether a last row gives count and sum."""
    back = models.JSONField()
    paid_words = models.JSONField()
    start = models.DateField(null=True)
    made_by = models.CharField(max_length=60, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("code", "number", name="bank_layout_once"),
            models.CheckConstraint(
                condition=Q(made_by="") | Q(start=None, confirmed_by="") | ~Q(confirmed_by__in=("", F("made_by"))),
                name="bank_layout_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfBatch(models.Model):
    """A file of a batch, kept sealed."""

    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    closed_content = models.BinaryField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class BankFile(OfBatch):
    """The file that a batch is sent to the bank as: made once, with its control totals."""

    batch = models.OneToOneField("treasury.Batch", models.PROTECT, related_name="bank_file")
    count = models.IntegerField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    lines_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.count}"


class ReturnFile(OfBatch):
    """The file that the bank gave back, taken once."""

    batch = models.OneToOneField("treasury.Batch", models.PROTECT, related_name="return_file")
    paid = models.IntegerField()
    paid_total = models.DecimalField(max_digits=18, decimal_places=2)
    failed = models.IntegerField()
    failed_total = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint("digest", name="return_file_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.paid}/{self.failed}"
