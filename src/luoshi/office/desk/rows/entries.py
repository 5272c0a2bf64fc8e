"""The fields of a row's form, and what somebody has written in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Tampered
from luoshi.office.desk.naming import Names
from luoshi.office.desk.rows.complaints import expected
from luoshi.office.desk.rows.referring import Candidate, candidates, label
from luoshi.office.registry.entering import Unfit, Value, entered, written
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import Column, RegisterTable
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import RegisterField
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Text
from luoshi.rulebook.values.calendar import NEVER

ID, ASKED, SEALED, CLEAR = "id", "asked", "sealed", "clear"
"""What is posted beside the text of a field: the row that a reference means, the text for which it was found, a sealed
text that was written before the preview, whether an encrypted cell is to be emptied."""


@dataclass
class Written:
    """What was written in a form: the cells that it changes, problems in words by column, rows that may be meant."""

    cells: dict[str, Value | None] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    meant: dict[str, list[Candidate]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A field of the form as it is shown. `kind` names its widget; `given` is what was posted with it."""

    name: str
    title: str
    kind: str
    text: str
    unit: str = ""
    help: str = ""
    problem: str = ""
    options: tuple[tuple[str, str], ...] = ()
    meant: tuple[Candidate, ...] = ()
    id: str = ""
    sealed: str = ""
    is_known: bool = False
    is_cleared: bool = False
    judged: bool = False
    is_key: bool = False

    @property
    def part_id(self) -> str:
        """The name under which the row of a reference is posted."""
        return f"{self.name}.{ID}"

    @property
    def part_asked(self) -> str:
        """The name under which the text is posted for which it was found."""
        return f"{self.name}.{ASKED}"

    @property
    def part_sealed(self) -> str:
        """The name under which a sealed text is posted."""
        return f"{self.name}.{SEALED}"

    @property
    def part_clear(self) -> str:
        """The name of the box that empties an encrypted cell."""
        return f"{self.name}.{CLEAR}"


@dataclass(frozen=True)
class Form:
    """The form of one register, for one row or, where there is none, for a new one."""

    names: Names
    table: RegisterTable
    row: Row | None

    def read(self, posted: QueryDict) -> Written:
        """The cells that are changed by what was posted."""
        found = Written()
        for column in self.table.columns.values():
            try:
                value = self._value(column, posted, found)
            except (Unfit, Tampered):
                found.problems[column.name] = expected(column)
            else:
                if value is not KEEP:
                    found.cells[column.name] = value
        return found

    def entries(self, posted: QueryDict | None, found: Written) -> Iterator[Entry]:
        """The fields, with what was posted, else with what the row holds."""
        for column in self.table.columns.values():
            text = self._text(column) if posted is None else posted.get(column.name, "")
            yield self._entry(column, text, posted, found)

    def _entry(self, column: Column, text: str, posted: QueryDict | None, found: Written) -> Entry:
        name, lang = column.name, self.names.lang
        definition = self.names.pack.registers[self.table.register].fields.get(name)
        known = self.row is not None and self.row.cells[name] is not None
        sealed = found.cells.get(name) if column.encrypted and posted is not None else None
        return Entry(
            name=name,
            title=column.title.say(lang),
            kind=_widget(column),
            text="" if column.encrypted else text,
            unit=_unit(column, definition, lang),
            help=_help(column, definition, known=known),
            problem=found.problems.get(name, ""),
            options=tuple(_options(column, definition, lang)),
            meant=tuple(found.meant.get(name, ())),
            id=self._reference(column, posted, found),
            sealed=secrecy().close(str(sealed), self.table.place_of(name)).hex() if sealed else "",
            is_known=known,
            is_cleared=posted is not None and f"{name}.{CLEAR}" in posted,
            judged=column.judged,
            is_key=name in self.table.key,
        )

    def _text(self, column: Column) -> str:
        """A cell as it stands in its field."""
        cell = self.row.cells[column.name] if self.row else None
        if cell is None or column.encrypted or cell == NEVER:
            return ""
        return label(self.names, column.type.register, cell) if isinstance(column.type, Ref) else written(cell)

    def _reference(self, column: Column, posted: QueryDict | None, found: Written) -> str:
        if not isinstance(column.type, Ref):
            return ""
        cell = self.row.cells[column.name] if self.row else None
        if posted is not None and column.name in found.cells:
            cell = found.cells[column.name]
        return "" if cell is None else str(cell)

    def _value(self, column: Column, posted: QueryDict, found: Written) -> Any:
        text = posted.get(column.name, "").strip()
        if column.encrypted:
            return self._sealed(column, text, posted)
        if isinstance(column.type, Ref):
            return self._referred(column, text, posted, found)
        if not text and self.row is not None and self.row.cells[column.name] == NEVER:
            return KEEP
        return entered(column, text)

    def _sealed(self, column: Column, text: str, posted: QueryDict) -> Any:
        """An encrypted cell: what is written, else what was before the preview; empty is no change."""
        if text:
            return entered(column, text)
        if f"{column.name}.{CLEAR}" in posted:
            return None
        sealed = posted.get(f"{column.name}.{SEALED}", "")
        if not sealed:
            return KEEP if self.row is not None else None
        try:
            return secrecy().open(bytes.fromhex(sealed), self.table.place_of(column.name))
        except ValueError as problem:
            raise Unfit(column.name) from problem

    def _referred(self, column: Column, text: str, posted: QueryDict, found: Written) -> Any:
        """The row that a text means: the one that was picked for it, else the only one that it can mean."""
        if not text:
            return None
        picked = posted.get(f"{column.name}.{ID}", "")
        if picked and text == posted.get(f"{column.name}.{ASKED}", "").strip():
            return entered(column, picked)
        meant = candidates(self.names, self.table, column, text)
        if len(meant) == 1:
            return meant[0].id
        found.meant[column.name] = meant
        found.problems[column.name] = (
            _("有几行都可能是，请从下面选一行。") if meant else _("您的辖区里没有找到。请换个写法，或写编号。")
        )
        return KEEP


class _Keep:
    """Stands for a cell that stays as it is."""


KEEP = _Keep()


def _widget(column: Column) -> str:
    if column.encrypted:
        return "sealed"
    kinds: Mapping[type, str] = {
        Bool: "choice", Code: "choice", Date: "date", Number: "number", Ref: "reference", Text: "text",
    }  # fmt: skip
    return kinds[type(column.type)]


def _unit(column: Column, definition: RegisterField | None, lang: str) -> str:
    """The unit that is written behind a number."""
    if not isinstance(column.type, Number) or (definition is not None and definition.unit_label == "rate"):
        return ""
    return shown(0, column.type, lang).partition(" ")[2]


def _help(column: Column, definition: RegisterField | None, *, known: bool) -> str:
    if column.encrypted:
        return _("已登记，内容不显示；不填就不改。") if known else ""
    if definition is not None and definition.unit_label == "rate":
        return _("写小数，例如 0.05 是百分之五。")
    if isinstance(column.type, Ref):
        return _("写名称、拼音或编号。")
    return _("没有结束就空着。") if definition is not None and definition.blank_never else ""


def _options(column: Column, definition: RegisterField | None, lang: str) -> Iterable[tuple[str, str]]:
    if isinstance(column.type, Bool):
        return [("", _("未登记")), ("true", shown(True, column.type, lang)), ("false", shown(False, column.type, lang))]
    if not isinstance(column.type, Code):
        return []
    titles = definition.codes if definition else {}
    return [("", _("未登记"))] + [
        (code, titles[code].say(lang) if code in titles else code) for code in column.type.codes
    ]
