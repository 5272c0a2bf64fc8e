"""Statements: the figures of the rows of a register, one row to a line, with what checks have found beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.reading import read, readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.filters import After
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.sheets import stating
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.sheets import Statement


@dataclass(frozen=True)
class RowView:
    """A row: what it is called, its figures in words, how many checks find something."""

    id: int | str
    name: str
    figures: tuple[tuple[str, str], ...]
    found: int


@never_cache
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """The statements of the policies that somebody may read."""
    lang = reader_language()
    packs = [(pack, list(pack.statements.values())) for pack in readable_packs(scope_of(request))]
    found = [(pack.policy.id, pack.policy.title.say(lang), some) for pack, some in packs if some]
    shown_packs = [(pack_id, title, [(one.id, one.title.say(lang)) for one in some]) for pack_id, title, some in found]
    return render(request, "desk/sheets/statements.html", {"packs": shown_packs})


@never_cache
@require_safe
def statement(request: HttpRequest, pack_id: str, name: str) -> HttpResponse:
    """One statement of an area: a page of rows, of one year where its register has years."""
    reading, lang = read(request, pack_id), reader_language()
    block = reading.pack.statements.get(name)
    if block is None:
        raise Http404
    key, years = stating.years_of(reading.pack, block, reading.area.code)
    chosen = _year(request, years)
    wanted = (key, chosen) if key and chosen is not None else None
    asked = stating.Asked(reading.area.code, reading.on, wanted, _after(request))
    account = stating.account_of(reading.pack, block, asked)
    names = Names(reading.pack, reading.root, lang)
    facts = {
        "reading": reading, "title": block.title.say(lang), "clause": block.clause, "name": name,
        "register": block.register, "years": years, "year": chosen,
        "heads": [line.title.say(lang) for line in block.lines],
        "rows": row_views(_places(names, account), block, account, lang), "has_account": block.account is not None,
        "sums": _figures(block, account.sums, lang) if account.sums else (),
        "after": account.after, "sees_found": may_open("findings", _role(request)),
        "chosen": f"&year={chosen}" if chosen is not None else "",
    }  # fmt: skip
    return render(request, "desk/sheets/statement.html", facts)


def _places(names: Names, account: stating.Account) -> dict[RowId, str]:
    """What the places of the rows are called, by row."""
    found = names.of(DIVISIONS, {one.row.area_code for one in account.rows if one.row.area_code})
    return {one.row.id: found.get(one.row.area_code or "", str(one.row.id)) for one in account.rows}


def row_views(called: Mapping[RowId, str], block: Statement, account: stating.Account, lang: str) -> list[RowView]:
    """The rows, each as it is called, with its figures in words."""
    return [
        RowView(one.row.id, called[one.row.id], _figures(block, one.figures, lang), one.found) for one in account.rows
    ]


def _figures(block: Statement, figures: Mapping[str, Decimal | None], lang: str) -> tuple[tuple[str, str], ...]:
    """Each figure under its title; what is not known, and what is not summed, is blank."""
    return tuple((line.title.say(lang), _figure(line.value.type, figures.get(line.id), lang)) for line in block.lines)


def _figure(kind: object, value: Decimal | None, lang: str) -> str:
    return "" if value is None else shown(value, kind, lang)  # type: ignore[arg-type] # the type of a node


def _year(request: HttpRequest, years: list[int]) -> int | None:
    text = request.GET.get("year", "")
    chosen = int(text) if text.isdecimal() and len(text) < 6 else None
    return chosen if chosen in years else (years[0] if years else None)


def _after(request: HttpRequest) -> After | None:
    place, number = request.GET.get("from", ""), request.GET.get("id", "")
    return After(place or None, int(number)) if number.isdecimal() and len(number) < 19 else None


def _role(request: HttpRequest) -> str | None:
    return request.user.role if isinstance(request.user, User) else None
