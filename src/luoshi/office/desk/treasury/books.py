"""The accounts behind statements: which villages have how much left, and one account with all that moved it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.money_words import told
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import Reading, read, scope_of
from luoshi.office.desk.sheets.opening import actor_of, in_words, moment_of
from luoshi.office.desk.sheets.statements import RowView, row_views
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import area as find_area
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.sheets import books, stating
from luoshi.office.sheets.books import COMES, GOES, OPENING, Book, Item
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.recording import Moment
from luoshi.office.treasury import rows
from luoshi.office.treasury.errors import Refused
from luoshi.office.treasury.rows import Kept
from luoshi.rulebook.model.sheets import Statement
from luoshi.rulebook.values.area_code import is_area_code

SIZE = 50
NEWEST = 30
"""So many entries of the ledger are shown."""


@dataclass(frozen=True)
class ItemView:
    """A row of the account: what it is called, and what of it somebody may enter."""

    item: Item
    name: str
    may_enter: bool


@never_cache
@require_safe
def accounts(request: HttpRequest, pack_id: str, name: str) -> HttpResponse:
    """What is left on each account of an area."""
    reading, block = _asked(request, pack_id, name)
    fund = block.account.fund if block.account else ""
    page = Paginator(rows.list_kept(pack_id, fund, reading.area.code), SIZE).get_page(request.GET.get("page"))
    kept: list[Kept] = list(page.object_list)
    names = Names(reading.pack, reading.root, reader_language())
    places = names.of(DIVISIONS, [one.area for one in kept])
    facts = {
        "reading": reading, "title": block.title.say(reader_language()), "name": name, "page": page,
        "rows": [(one, places.get(one.area, one.area)) for one in kept],
    }  # fmt: skip
    return render(request, "desk/treasury/accounts.html", facts)


@never_cache
@require_safe
def account(request: HttpRequest, pack_id: str, name: str, area: str) -> HttpResponse:
    """One account: what is left, what came, what was spent, what waits, and every entry of the ledger."""
    reading, block, book = _open(request, pack_id, name, area)
    lang, fund = reader_language(), book.account.fund
    years = _figures(reading, block, area, lang)
    kept = next(iter(rows.list_kept(pack_id, fund, area)), Kept(area, Decimal(0), Decimal(0)))
    actor = actor_of(request)
    may_write = book.may_enter(actor) and may_open("account-spend", actor.role)
    waiting = [one for one in book.items if one.way != GOES and one.state in (books.READY, books.DIFFERS)]
    facts = {
        "reading": reading, "title": block.title.say(lang), "clause": block.clause, "name": name, "area": area,
        "place": _place(area), "fund": book.pack.funds[fund].title.say(lang), "kept": kept,
        "heads": [line.title.say(lang) for line in block.lines], "years": years, "register": block.register,
        "comes": _views(reading, book, (OPENING, COMES)), "goes": _views(reading, book, (GOES,), actor.name, may_write),
        "goes_register": book.account.goes.register, "may_write": may_write,
        "waiting": len(waiting) if may_open("account-follow", actor.role) else 0,
        "entries": rows.list_entries(pack_id, fund, area)[:NEWEST],
    }  # fmt: skip
    return render(request, "desk/treasury/account.html", facts)


@require_POST
def follow(request: HttpRequest, pack_id: str, name: str, area: str) -> HttpResponse:
    """What has come in is entered as the registers have it now."""

    def step(book: Book, moment: Moment) -> str:
        number = books.enter_income(book, moment)
        return ngettext("%(n)s 笔收入已入账。", "%(n)s 笔收入已入账。", number) % {"n": number}

    return _step(request, (pack_id, name, area), step)


@require_POST
def spend(request: HttpRequest, pack_id: str, name: str, area: str, row_id: int) -> HttpResponse:
    """What a row spends is taken off the account."""

    def step(book: Book, moment: Moment) -> str:
        books.enter_spending(book, book.account.goes.register, row_id, moment)
        return _("支出已入账。")

    return _step(request, (pack_id, name, area), step)


@require_POST
def take_back(request: HttpRequest, pack_id: str, name: str, area: str, row_id: int) -> HttpResponse:
    """What a row has spent is back in the account, with a reason."""

    def step(book: Book, moment: Moment) -> str:
        books.take_back(book, book.account.goes.register, row_id, request.POST.get("reason", ""), moment)
        return _("已冲回，原来的分录保留。")

    return _step(request, (pack_id, name, area), step)


def _step(request: HttpRequest, where: tuple[str, str, str], step: Callable[[Book, Moment], str]) -> HttpResponse:
    _reading, _block, book = _open(request, *where)
    try:
        messages.success(request, step(book, moment_of(request)))
    except SheetError as error:
        messages.warning(request, _why(error))
    except Refused as refused:
        messages.warning(request, told(refused))
    return redirect("account-of", *where)


def _why(error: SheetError) -> str:
    if error.kind == "hand":
        return _("登记这笔支出的人不能自己入账，请换一位同事办理。")
    return in_words(error)


def _asked(request: HttpRequest, pack_id: str, name: str) -> tuple[Reading, Statement]:
    reading = read(request, pack_id)
    block = reading.pack.statements.get(name)
    if block is None or block.account is None:
        raise Http404
    return reading, block


def _open(request: HttpRequest, pack_id: str, name: str, area: str) -> tuple[Reading, Statement, Book]:
    reading, block = _asked(request, pack_id, name)
    if not is_area_code(area) or not area.startswith(reading.root) or not scope_of(request).covers(area):
        raise Http404
    return reading, block, Book(reading.pack, block, area, timezone.localdate())


def _figures(reading: Reading, block: Statement, area: str, lang: str) -> list[RowView]:
    """The books of each year, as the statement has them."""
    found = stating.account_of(reading.pack, block, stating.Asked(area, reading.on))
    years, _all = stating.years_of(reading.pack, block, area)
    return row_views({row.row.id: str(row.row.cells.get(years, "")) for row in found.rows}, block, found, lang)


def _place(area: str) -> str:
    found = find_area(area)
    return found.name if found else area


def _views(
    reading: Reading, book: Book, ways: tuple[str, ...], person: str = "", may_write: bool = False
) -> list[ItemView]:
    names = Names(reading.pack, reading.root, reader_language())
    shown = [one for one in book.items if one.way in ways]
    called: dict[tuple[str, int], str] = {}
    for register in {one.register for one in shown}:
        found = names.of(register, [one.row_id for one in shown if one.register == register])
        called |= {(register, int(row)): words for row, words in found.items()}
    shown.sort(key=lambda one: (one.on is not None, one.on, one.row_id), reverse=True)
    return [
        ItemView(
            one, called.get((one.register, one.row_id), str(one.row_id)),
            may_write and one.recorded_by != person and one.state in (books.READY, books.DIFFERS),
        )
        for one in shown
    ]  # fmt: skip
