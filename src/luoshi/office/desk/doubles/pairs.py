"""Two rows side by side, and why they may be one, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.office.desk.rows.comparing import told_cells
from luoshi.office.desk.rows.opening import Opened
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import AREA


@dataclass(frozen=True)
class Side:
    """A field of both rows. `better` says which of them has it where only one does: "one", "other" or ""."""

    name: str
    title: str
    one: str
    other: str
    hidden: bool
    differs: bool
    better: str


@dataclass(frozen=True)
class Listed:
    """A pair in the list."""

    pair: LikelyDouble
    one: str
    other: str
    reasons: str
    area: str


def reasons(opened: Opened, pair: LikelyDouble) -> str:
    """Why two rows may be one."""
    forms = {"key": _("%(title)s相同（关键信息）"), "same": _("%(title)s相同"), "like": _("%(title)s相近")}
    told = []
    for reason in pair.reasons:
        word, _colon, name = reason.partition(":")
        column = opened.table.columns.get(name)
        title = _("所在地") if name == AREA else column.title.say(opened.names.lang) if column else name
        told.append(forms[word] % {"title": title})
    return str(_("；")).join(told)


def listed(opened: Opened, pairs: list[LikelyDouble]) -> list[Listed]:
    """Pairs with the names of their rows."""
    rows = opened.shown([row_id for pair in pairs for row_id in (pair.one, pair.other)])
    named = opened.names.of_rows(opened.table, rows.values())
    places = opened.names.of("area", [row.area_code for row in rows.values() if row.area_code])
    return [
        Listed(
            pair,
            named[pair.one],
            named[pair.other],
            reasons(opened, pair),
            str(places.get(rows[pair.one].area_code or "", "")),
        )
        for pair in pairs
        if pair.one in rows and pair.other in rows
    ]


def sides(opened: Opened, one: Row, other: Row, different: frozenset[str]) -> Iterator[Side]:
    """Every field of two rows; `different` are those that hold something else, whatever is shown of them."""
    first, second = (told_cells(opened.names, opened.table, row.cells) for row in (one, other))
    for column in opened.table.columns.values():
        name = column.name
        has = one.cells[name] is not None, other.cells[name] is not None
        better = "" if all(has) or not any(has) else "one" if has[0] else "other"
        title, differs = column.title.say(opened.names.lang), name in different
        yield Side(name, title, first[name], second[name], column.encrypted and any(has), differs, better)
