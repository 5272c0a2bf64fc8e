"""Entries as they are sent: by the form of the page, or by a phone that has come back to the network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.desk.sheets.opening import Opened, in_words, moment_of, open_sheet
from luoshi.office.sheets import actions, queries
from luoshi.office.sheets.actions import Given, Taken
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.models import Entry

WORKER = Path(__file__).parent.parent / "static" / "desk" / "sheets-worker.js"
MOST_ENTRIES = 2_000
LONGEST = 200
FORM = uuid5(NAMESPACE_URL, "luoshi:sheets")
"""Keys of entries made by the form: the same entry posted twice has the same."""


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the pages of sheets on a phone; it stands here so that it may keep no others."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@never_cache
@require_safe
def state(request: HttpRequest, number: int) -> HttpResponse:
    """How the lines of a sheet stand, for a phone that has come back."""
    return _told(request, open_sheet(request, number), [])


@require_POST
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """What became of each entry that was sent."""
    opened = open_sheet(request, number)
    is_phone = request.content_type == "application/json"
    given = list(_sent(request) if is_phone else _posted(request, opened))
    try:
        taken = actions.enter(opened.sheet, given, moment_of(request)) if given else []
    except SheetError as error:
        if is_phone:
            return JsonResponse({"problem": in_words(error)}, status=409)
        messages.warning(request, in_words(error))
        return redirect("sheet", number)
    if is_phone:
        return _told(request, open_sheet(request, number), taken)
    _say(request, taken)
    return redirect("sheet", number)


def _told(request: HttpRequest, opened: Opened, taken: list[Taken]) -> JsonResponse:
    people = names_of_accounts(one.entry.by for one in taken if one.entry is not None)
    results = [
        {"key": str(one.given.key), "outcome": one.outcome, "fields": one.fields, "other": _entry(one.entry, people)}
        for one in taken
    ]
    newest = queries.newest_entries(opened.sheet)
    lines = {str(line.owner): {"state": line.state, "number": line.number} for line in opened.lines}
    for owner, entry in newest.items():
        if str(owner) in lines:
            lines[str(owner)] |= {"values": entry.values}
    facts = {"token": get_token(request), "state": opened.sheet.state, "lines": lines, "results": results}
    return JsonResponse(facts)


def _entry(entry: Entry | None, people: Mapping[str, str]) -> dict[str, Any] | None:
    if entry is None:
        return None
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M")
    by = people.get(entry.by, entry.by)
    return {"number": entry.number, "values": entry.values, "by": by, "at": at}


def _sent(request: HttpRequest) -> Iterator[Given]:
    try:
        entries = json.loads(request.body)["entries"]
        given = [_given(one) for one in entries[:MOST_ENTRIES]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadRequest from None
    yield from given


def _given(sent: Mapping[str, Any]) -> Given:
    made = parse_datetime(str(sent.get("made_at", ""))) or timezone.now()
    values = {str(name)[:LONGEST]: str(text)[:LONGEST] for name, text in sent["values"].items()}
    return Given(int(sent["owner"]), values, int(sent["base"]), UUID(str(sent["key"])), _aware(made))


def _aware(moment: datetime) -> datetime:
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _posted(request: HttpRequest, opened: Opened) -> Iterator[Given]:
    """The entries of the form that say something other than what was there."""
    now = timezone.now()
    for line in opened.lines:
        values = {name: request.POST.get(f"{line.owner}.{name}", "").strip() for name in opened.block.asked}
        is_new = line.entry is None or line.entry.values != values
        try:
            base = int(request.POST[f"{line.owner}.base"])
        except (KeyError, ValueError):
            continue
        if any(values.values()) and is_new:
            told = (opened.sheet.pk, line.owner, base, opened.actor.name, sorted(values.items()))
            yield Given(line.owner, values, base, uuid5(FORM, json.dumps(told)), now)


def _say(request: HttpRequest, taken: list[Taken]) -> None:
    outcomes = [one.outcome for one in taken]
    counts = {outcome: outcomes.count(outcome) for outcome in ("taken", "conflict", "wrong", "closed")}
    if counts["taken"]:
        form = ngettext("已保存 %(n)s 行。", "已保存 %(n)s 行。", counts["taken"])
        messages.success(request, form % {"n": counts["taken"]})
    if counts["conflict"]:
        messages.warning(request, _("有人刚才填过其中几行，内容和您的不同，没有改动。请核对后再填。"))
    if counts["wrong"]:
        messages.warning(request, _("有的行没有填全，或者内容不对，没有保存。请补上后再保存。"))
    if counts["closed"]:
        messages.warning(request, _("有的行已经上报或确认，没有改动。"))
    if not taken:
        messages.warning(request, _("没有新填的内容。"))
