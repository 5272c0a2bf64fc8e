"""From a kept file to the sheet that is meant and the fields that its columns are."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from luoshi.office.exchange import files
from luoshi.office.exchange.books import Book, Form, Matching, Note, Problem, Sheet, form_of, match_columns, read_book
from luoshi.office.exchange.models import Import
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Meant:
    """The sheet of a file that belongs to a register, and its columns."""

    form: Form
    sheet: Sheet
    matching: Matching
    notes: tuple[Note, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the sheet or its columns as a whole."""
        return (*self.sheet.problems, *self.matching.problems)


@dataclass(frozen=True)
class Several:
    """Sheets that could all be meant."""

    names: tuple[str, ...]


def read(work: Import, pack: Pack) -> Meant | Several:
    """What the file of an import holds; `books.Refused` when nothing of it can be taken."""
    form = form_of(pack, work.register)
    book = _book(work, form)
    candidates = [(sheet, match_columns(form, sheet)) for sheet in book.sheets if work.sheet in {"", sheet.name}]
    fitting = [each for each in candidates if not each[1].problems]
    if len(fitting) > 1:
        return Several(tuple(sheet.name for sheet, _ in fitting))
    sheet, matching = fitting[0] if fitting else max(candidates, key=lambda each: len(each[1].matches))
    return Meant(form, sheet, matching, (*book.notes, *sheet.notes, *matching.notes))


def notes_as_kept(notes: Sequence[Note]) -> list[dict[str, object]]:
    """Notes as an import keeps them."""
    return [{"kind": n.kind, "sheet": n.sheet, "count": n.count, "places": list(n.places)} for n in notes]


def kept_notes(work: Import) -> list[Note]:
    """The notes of an import."""
    return [Note(n["kind"], n["sheet"], n["count"], tuple(n["places"])) for n in work.notes]


def _book(work: Import, form: Form) -> Book:
    """The book, unsealed for as long as it is read, in a file that nobody else may open."""
    with tempfile.NamedTemporaryFile(prefix="import-", suffix=Path(work.file).suffix) as file:
        file.write(files.read(work.file))
        file.flush()
        return read_book(Path(file.name), work.file_name, form.titles)
