"""Reads the rows of a case: written values become typed ones, nested rows get ids, repeated rows are repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import Ref, Type
from luoshi.rulebook.values.area_code import is_area_code
from luoshi.rulebook.values.calendar import NEVER

MOST_ROWS = 20_000
MOST_NESTING = 6
Placed = Callable[..., Where]
Path = tuple[str | int, ...]


class RowReader:
    """Gathers rows by register and id."""

    def __init__(self, pack: Pack, findings: Findings, subject: str | None, where: Placed) -> None:
        self.pack, self.findings, self.subject, self._where = pack, findings, subject, where
        self.rows: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
        self._subject_id: Any = None
        self._count = 0

    def open_subject(self, subject_id: Any) -> None:
        """Make the subject's row, so that others can point at it."""
        assert self.subject is not None
        self._subject_id = subject_id
        self.rows[self.subject][subject_id] = self._blank(self.subject)

    def subject_row(self, written: dict[str, Any], key: str) -> None:
        """Fill the subject's row with what is written under a key of the case."""
        assert self.subject is not None
        row = self._row(self.subject, written, (key,), 0)
        self.rows[self.subject][self._subject_id] |= {name: row[name] for name in written if name in row}

    def read_rows(self, written: dict[str, Any]) -> None:
        """The rows of the other registers, each a list of rows or rows by id."""
        for register, content in written.items():
            if register not in self.pack.registers:
                close = near(register, self.pack.registers)
                self.findings.add("CASE-011", self._where("rows", register), name=register, near=close)
                continue
            self.rows[register]
            for key, item, path in self._listed(register, content):
                self._repeat(register, key, item, path)

    def change_rows(self, written: dict[str, Any]) -> None:
        """Other values for rows that are there, by register and id; a row without any is left out."""
        for register, content in written.items():
            path: Path = ("changed", register)
            if register not in self.rows:
                close = near(register, self.rows)
                self.findings.add("CASE-011", self._where(*path), name=register, near=close)
            elif not isinstance(content, dict):
                self.findings.add("CASE-012", self._where(*path), name=register, seen=str(content)[:80])
            else:
                for row_id, values in content.items():
                    self._change(register, row_id, values, (*path, row_id))

    def _change(self, register: str, row_id: str, values: Any, path: Path) -> None:
        rows = self.rows[register]
        if row_id not in rows or not isinstance(values, dict | None):
            code = "CASE-012" if row_id in rows else "CASE-021"
            facts = {"seen": str(values)[:80]} if row_id in rows else {"register": register, "near": near(row_id, rows)}
            self.findings.add(code, self._where(*path), name=row_id[:80], **facts)
        elif values is None:
            del rows[row_id]
        else:
            new = self._row(register, values, path, 0)
            rows[row_id] |= {name: new.get(name) for name in values}

    def _listed(self, register: str, content: Any) -> list[tuple[str | None, Any, Path]]:
        path: Path = ("rows", register)
        if isinstance(content, dict):
            return [(key, item, (*path, key)) for key, item in content.items()]
        if isinstance(content, list):
            return [(None, item, (*path, index)) for index, item in enumerate(content)]
        if content is not None:
            self.findings.add("CASE-012", self._where(*path), name=register, seen=str(content)[:80])
        return []

    def _repeat(self, register: str, key: str | None, item: Any, path: Path) -> None:
        if not isinstance(item, dict):
            self.findings.add("CASE-012", self._where(*path), name=register, seen=str(item)[:80])
            return
        written = dict(item)
        times = str(written.pop("times", "1"))
        if not (times.isascii() and times.isdigit()) or int(times[:6]) > MOST_ROWS or len(times) > 6:
            self.findings.add("CASE-016", self._where(*path), seen=times[:20], most=MOST_ROWS)
            return
        for _ in range(int(times)):
            if not self._add(register, key, written, path, 0):
                return

    def _add(self, register: str, key: str | None, written: dict[str, Any], path: Path, depth: int) -> Any:
        self._count += 1
        if self._count > MOST_ROWS or depth > MOST_NESTING:
            self.findings.add("CASE-016", self._where(*path), seen=str(self._count), most=MOST_ROWS)
            return None
        row_id = key or written.get("id") or f"{register}-{len(self.rows[register]) + 1}"
        if not self.is_id(register, row_id, path):
            return None
        self.rows[register][row_id] = {}
        values = {name: value for name, value in written.items() if name != "id"}
        row = self._row(register, values, path, depth)
        self._point_at_subject(register, row, written)
        self.rows[register][row_id] = row
        return row_id

    def is_id(self, register: str, row_id: Any, path: Path) -> bool:
        """Whether a new row may have this id; notes why not."""
        if not isinstance(row_id, str) or row_id in self.rows[register]:
            self.findings.add("CASE-017", self._where(*path), name=str(row_id)[:80], register=register)
            return False
        if register == "area" and not is_area_code(row_id):
            expected = "a division code of 2, 4, 6, 9 or 12 digits"
            self.findings.add("CASE-015", self._where(*path), name="id", seen=row_id[:80], expected=expected)
            return False
        return True

    def _blank(self, register: str) -> dict[str, Any]:
        """A row of which nothing is known but that what has not ended has not ended."""
        fields = self.pack.registers[register].fields
        return {name: NEVER for name, field in fields.items() if field.blank_never}

    def _row(self, register: str, written: dict[str, Any], path: Path, depth: int) -> dict[str, Any]:
        row = self._blank(register)
        for name, value in written.items():
            kind = self._kind(register, name)
            if kind is None:
                known = [*self.pack.registers[register].fields, *(f for of, f in self.pack.facts if of == register)]
                close = near(name, known)
                self.findings.add("CASE-018", self._where(*path, name), name=name, register=register, near=close)
            elif value is not None:
                row[name] = self._value(kind, name, value, (*path, name), depth)
        return row

    def _kind(self, register: str, name: str) -> Type | None:
        field = self.pack.registers[register].fields.get(name)
        if field is not None:
            return field.type
        fact = self.pack.facts.get((register, name))
        return fact.type if fact is not None else None

    def _value(self, kind: Type, name: str, value: Any, path: Path, depth: int) -> Any:
        if isinstance(kind, Ref):
            if isinstance(value, dict):
                return self._add(kind.register, None, value, path, depth + 1)
            if value == "this" and kind.register == self.subject:
                return self._subject_id
        try:
            return typed_value(kind, value)
        except Mismatch as problem:
            facts = {"seen": str(value)[:80], "expected": str(kind), **problem.facts}
            self.findings.add("CASE-015", self._where(*path), **{**facts, "name": name})
        return None

    def _point_at_subject(self, register: str, row: dict[str, Any], written: dict[str, Any]) -> None:
        """A reference to the subject may be left out when only one field can hold it."""
        if self.subject is None or register == self.subject:
            return
        fields = self.pack.registers[register].fields
        holders = [name for name, field in fields.items() if field.type == Ref(self.subject)]
        if len(holders) == 1 and holders[0] not in written:
            row[holders[0]] = self._subject_id
