"""The file for the bank: made once from the list as it was approved, kept sealed, each download on record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

import xlsxwriter
from django.db import transaction

from luoshi.office.database.keys import secrecy
from luoshi.office.exchange.exports.writing import harmless
from luoshi.office.treasury.errors import ListChanged, NoReason, WrongStep
from luoshi.office.treasury.fields import Cell, rows_of
from luoshi.office.treasury.listing import record, totals_of
from luoshi.office.treasury.models import BankFile, BankLayout, Batch, Commitment, Line
from luoshi.office.treasury.sealing import close_file, open_file

SUM = "合计"
"""How the row of control totals begins."""
LONGEST_REASON = 200


@transaction.atomic
def send(batch_id: int, *, by: str, now: datetime, origin: str = "") -> BankFile:
    """The file of an approved batch, which is with the bank from now on. A second time gives the same file."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("layout").get(id=batch_id)
    made = BankFile.objects.filter(batch=batch).first()
    if made is not None:
        return made
    if batch.state != Batch.State.APPROVED:
        raise WrongStep(batch.state)
    totals = totals_of(batch)
    if (totals.count, totals.total, totals.digest) != (batch.count, batch.total, batch.checked_digest):
        raise ListChanged(str(batch.id))
    lines = list(_lines(batch))
    content = written(batch, lines)
    Line.objects.filter(batch=batch, state=Line.State.LISTED).update(state=Line.State.SENT)
    of_list = Commitment.objects.filter(lines__batch=batch, state=Commitment.State.LISTED)
    of_list.update(state=Commitment.State.SENT)
    batch.state, batch.sent_by, batch.sent_at = Batch.State.SENT, by, now
    batch.save(update_fields=["state", "sent_by", "sent_at"])
    digest = sha256(content).hexdigest()
    record("batch.send", batch, by, origin=origin, details={"lines": totals.count, "file": digest})
    suffix = "xlsx" if batch.layout.form == BankLayout.Form.XLSX else "txt"
    return BankFile.objects.create(
        batch=batch, name=f"batch-{batch.id}-{batch.layout.code}.{suffix}", digest=digest,
        closed_content=close_file(content, secrecy()), by=by, at=now, count=totals.count, total=totals.total,
        lines_digest=totals.digest,
    )  # fmt: skip


@transaction.atomic
def fetch(file: BankFile, reason: str, *, by: str, origin: str = "") -> bytes:
    """The content of a file, for whoever says why: numbers of people and accounts stand in it in full."""
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoReason(reason)
    details: dict[str, object] = {"file": file.digest, "lines": file.count}
    record("batch.download", file.batch, by, basis=reason.strip(), origin=origin, details=details)
    return open_file(file.closed_content, secrecy())


def written(batch: Batch, lines: Sequence[Line]) -> bytes:
    """The file as the layout of the batch wants it."""
    layout = batch.layout
    fields = [field for field, _title in layout.columns]
    rows: list[list[Cell]] = [[title for _field, title in layout.columns]] if layout.has_header else []
    rows += rows_of(batch, lines, fields)
    if layout.has_control:
        rows.append(_control(fields, lines))
    if layout.form == BankLayout.Form.XLSX:
        return _workbook(rows, batch)
    return _text(rows, layout.separator).encode(layout.encoding, errors="replace")


def _lines(batch: Batch) -> Iterable[Line]:
    lines = Line.objects.filter(batch=batch).exclude(state=Line.State.STOPPED)
    return lines.select_related("commitment", "payee").order_by("number")


def _control(fields: Sequence[str], lines: Sequence[Line]) -> list[Cell]:
    """The last row: count and sum, each where its column is."""
    facts: dict[str, Cell] = {"number": SUM, "payee_name": len(lines), "amount": sum(each.amount for each in lines)}
    return [facts.get(field, "") for field in fields]


def _workbook(rows: Sequence[Sequence[Cell]], batch: Batch) -> bytes:
    """A workbook of one sheet in which texts stay texts, whatever they begin with; always the same for a batch."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": batch.approved_at})
        sheet, money = book.add_worksheet(), book.add_format({"num_format": "0.00"})
        sheet.set_column(0, max(map(len, rows)) - 1, 18)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell, money if isinstance(cell, Decimal) else None)
    return file.getvalue()


def _text(rows: Sequence[Sequence[Cell]], separator: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([f"{cell:.2f}" if isinstance(cell, Decimal) else harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
