"""The worklist of rows that may be one: listed, looked at side by side, merged, told apart, separated again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.doubles import pairs
from luoshi.office.desk.doubles.jobs import search_doubles
from luoshi.office.desk.reading import read
from luoshi.office.desk.rows.complaints import by_column
from luoshi.office.desk.rows.opening import Opened, basis_of, open_register
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry import doubles, uniting
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Refused
from luoshi.office.registry.likeness import differing_columns, is_searched
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.shape import table_of
from luoshi.office.registry.uniting import Pair

MOST = 30


@never_cache
@require_safe
def double_list(request: HttpRequest, pack_id: str) -> HttpResponse:
    """The registers in which pairs wait, and those of one of them."""
    reading = read(request, pack_id)
    tables = [table_of(reading.pack, register) for register in reading.pack.registers]
    counts = {name.name: count for name, count in doubles.open_counts(tables, reading.area.code).items()}
    searched = [table.register for table in tables if is_searched(table)]
    shown = dict.fromkeys([*counts, *searched])
    lang = reader_language()
    tabs = [(name, reading.pack.registers[name].title.say(lang), counts.get(name, 0)) for name in shown]
    chosen = request.GET.get("register") or next(iter(shown), "")
    facts: dict[str, Any] = {"reading": reading, "tabs": tabs, "register": chosen, "rows": [], "following": ""}
    if chosen:
        opened = open_register(request, pack_id, chosen)
        found = doubles.open_pairs(opened.table, reading.area.code, _after(request), MOST + 1)
        facts["rows"] = pairs.listed(opened, found[:MOST])
        facts["following"] = f"{found[MOST - 1].score}.{found[MOST - 1].id}" if len(found) > MOST else ""
    facts |= {"may_write": _may(request), "is_first": _after(request) is None, "can_search": chosen in searched}
    return render(request, "desk/doubles/list.html", facts)


@require_POST
def doubles_search(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The search of a register in one's area waits to be carried out."""
    opened = open_register(request, pack_id, register)
    if not is_searched(opened.table):
        raise Http404
    assert isinstance(request.user, User)
    name = opened.table.name
    search_doubles.defer(schema=name.schema, table=name.name, area=opened.root, by=request.user.username)
    messages.success(request, _("已开始查找，通常几秒钟就好。请稍后刷新本页。"))
    return redirect(_list(pack_id, register))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def double(request: HttpRequest, pack_id: str, register: str, number: int) -> HttpResponse:
    """Two rows side by side; and one row, where somebody merges them."""
    opened = open_register(request, pack_id, register)
    pair = _pair(opened, number)
    rows = opened.shown([pair.one, pair.other])
    if len(rows) < 2 or pair.state != LikelyDouble.State.OPEN:
        if request.method == "POST" and rows and pair.state != LikelyDouble.State.OPEN:
            messages.warning(request, _("这两行已经处理过了。"))
            return redirect(_list(pack_id, register))
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        if not _may(request):
            raise Http404
        try:
            kept = _merge(request, opened, pair)
            messages.success(request, _("已合并。两行原来的内容都留在经过里，需要时可以分开。"))
            return redirect("subject", pack_id, register, kept)
        except ChangedMeanwhile:
            problems = [_("其中一行刚才有人改过，还没有合并。下面是现在的内容，请重新核对。")]
        except NotHere:
            raise Http404 from None
        except Refused as refused:
            problems = list(by_column(opened.table, refused.problems).values())
    one, other = rows[pair.one], rows[pair.other]
    named = opened.names.of_rows(opened.table, [one, other])
    different = differing_columns(opened.table, pair.one, pair.other)
    facts = {
        "reading": opened.reading, "register": register, "title": opened.title, "pair": pair, "one": one,
        "other": other, "one_name": named[one.id], "other_name": named[other.id], "may_write": _may(request),
        "sides": list(pairs.sides(opened, one, other, different)), "reasons": pairs.reasons(opened, pair),
        "problems": problems, "reason": request.POST.get("reason", ""), "source": request.POST.get("source", ""),
        "sources": dict.fromkeys([one.source, other.source]),
    }  # fmt: skip
    return render(request, "desk/doubles/pair.html", facts)


@require_POST
def double_different(request: HttpRequest, pack_id: str, register: str, number: int) -> HttpResponse:
    """Somebody has looked: these are two."""
    opened = open_register(request, pack_id, register)
    try:
        doubles.tell_apart(opened.table, number, basis_of(request), scope_prefix=opened.root)
    except NotHere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, " ".join(by_column(opened.table, refused.problems).values()))
        return redirect("double", pack_id, register, number)
    messages.success(request, _("已记下：不是同一个。以后不再列出。"))
    return redirect(_list(pack_id, register))


@require_POST
def merger_separate(request: HttpRequest, pack_id: str, register: str, number: int) -> HttpResponse:
    """Two rows that were merged are two again."""
    opened = open_register(request, pack_id, register)
    row_id = request.POST.get("row", "")
    row = opened.row(row_id)
    try:
        uniting.separate(opened.table, opened.tables, number, basis_of(request), scope_prefix=opened.root)
        messages.success(request, _("已分开，两行都和合并以前一样。"))
    except NotHere:
        messages.warning(request, _("这次合并已经分开过了。"))
    except Refused as refused:
        messages.warning(request, _("不能分开。") + " ".join(by_column(opened.table, refused.problems).values()))
    return redirect("subject", pack_id, register, row.id)


def _merge(request: HttpRequest, opened: Opened, pair: LikelyDouble) -> int:
    """Merge as somebody has chosen: the row that stays, and for each field the row whose value stays."""
    stays = request.POST.get("stays")
    kept, gone = (pair.other, pair.one) if stays == "other" else (pair.one, pair.other)
    from_gone = "one" if stays == "other" else "other"
    chosen = [name for name in opened.table.columns if request.POST.get(f"take.{name}") == from_gone]
    versions = {pair.one: _number(request, "one"), pair.other: _number(request, "other")}
    rows = Pair(kept, versions[kept], gone, versions[gone])
    uniting.merge(opened.table, opened.tables, rows, chosen, basis_of(request), scope_prefix=opened.root)
    return kept


def _pair(opened: Opened, number: int) -> LikelyDouble:
    found = doubles.find_pair(opened.table, number)
    if found is None:
        raise Http404
    return found


def _may(request: HttpRequest) -> bool:
    """Whether the person may merge and tell apart; others look."""
    return isinstance(request.user, User) and may_open("double-different", request.user.role)


def _list(pack_id: str, register: str) -> str:
    return f"{reverse('doubles', args=[pack_id])}?register={register}"


def _after(request: HttpRequest) -> doubles.After | None:
    score, _dot, number = request.GET.get("after", "").partition(".")
    are_numbers = all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (score, number))
    return (int(score), int(number)) if are_numbers else None


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
