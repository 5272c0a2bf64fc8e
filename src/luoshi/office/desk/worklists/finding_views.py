"""The pages of findings: checks with their counts, lists, one finding with its history, what people do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.desk import numbering
from luoshi.office.desk.worklists.asking import Asking, Listed, ask, page, place_in
from luoshi.office.desk.worklists.forms import COMPLAINTS, HandlingForm
from luoshi.office.registry.store import TooManyRows
from luoshi.office.runs import library, local
from luoshi.office.worklists import actions, queries
from luoshi.office.worklists.bounding import MOST_OPEN
from luoshi.office.worklists.choosing import checks as all_checks
from luoshi.office.worklists.errors import WrongHandling
from luoshi.office.worklists.models import Finding
from luoshi.office.worklists.rechecking import still
from luoshi.office.worklists.snapshots import written
from luoshi.rulebook.model.administration import IntegrityCheck

MOST = 50


@dataclass(frozen=True)
class CheckLine:
    """A check: what it looks for, where it stands, what is done about what it finds, and its counts."""

    id: str
    title: str
    document: str
    anchor: str
    cited: str
    follow_up: str
    counts: queries.CheckCounts


@dataclass(frozen=True)
class FindingLine:
    """A finding in a list."""

    finding: Finding
    title: str
    listed: Listed


@never_cache
@require_safe
def findings(request: HttpRequest, pack_id: str) -> HttpResponse:
    """The checks that have found something in an area, and the findings of one of them, or of all, oldest first."""
    asking, after = ask(request, pack_id), place_in(request)
    shown, check = request.GET.get("shown", "open"), request.GET.get("check", "")
    if shown not in queries.SHOWN or (check and check not in queries.seen_checks(asking.pack, asking.reading.root)):
        raise Http404
    counts = queries.check_counts(asking.pack, asking.run, asking.reading.root, asking.area) if asking.run else {}
    checks = [_check(asking, name, found) for name, found in counts.items() if found.open or found.unknown]
    listed = queries.findings(asking.pack, asking.reading.root, asking.area, shown, check)
    some = list((listed if after is None else listed.filter(id__gt=after))[: MOST + 1])
    chosen = {"check": check, "shown": shown if shown != "open" else None}
    following = asking.query(**chosen, after=some[MOST - 1].id) if len(some) > MOST else ""
    facts: dict[str, Any] = {
        "checks": sorted(checks, key=lambda line: -line.counts.open),
        "lines": _lines(asking, some[:MOST]),
        "chosen": _check(asking, check, counts.get(check, queries.CheckCounts(0, 0))) if check else None,
        "tabs": [(name, name == shown, asking.query(check=check, shown=name)) for name in queries.SHOWN],
        "shown": shown,
        "most": MOST_OPEN,
        "following": following,
        "first": asking.first(after, **chosen),
    }
    return page(asking, "findings", "findings", **facts)


@never_cache
@require_safe
def finding(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """One finding with its history, and the form for what is done about it."""
    asking = ask(request, pack_id)
    found = _found(asking, number)
    (line,) = _lines(asking, [found])
    is_open = found.settled_id is None and asking.may("finding-handle")
    facts: dict[str, Any] = {
        "line": line,
        "check": _check(asking, found.check_id, queries.CheckCounts(0, 0)),
        "row": written(found.register, found.row_id),
        "register": asking.pack.registers[found.register].title.say(asking.lang),
        "events": found.events.select_related("run").order_by("-id"),
        "form": HandlingForm(initial={"state": found.state, "due": found.due}) if is_open else None,
        "may_check": asking.may("finding-check"),
    }
    return page(asking, "finding", "findings", **facts)


@never_cache
@require_POST
def handle(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """Do something about a finding, and go back to it."""
    asking, form = ask(request, pack_id), HandlingForm(request.POST)
    found = _found(asking, number)
    if not form.is_valid():
        messages.error(request, _("没有保存：请选处理结果，日期按年月日填写，说明在五百字以内。"))
        return _back(asking, number)
    given = form.cleaned_data
    handling = actions.Handling(given["state"], given["note"], given["due"])
    try:
        actions.handle(found, handling, by=asking.by, now=timezone.now(), origin=asking.origin)
    except WrongHandling as problem:
        messages.error(request, str(COMPLAINTS[str(problem)]))
    else:
        messages.success(request, _("已保存。"))
    return _back(asking, number)


@never_cache
@require_POST
def check(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """Check a finding again with the registers as they are now, and go back to it."""
    asking = ask(request, pack_id)
    found, pack = _found(asking, number), library.pack(pack_id, asking.today)
    try:
        word = still(pack, local.settings_of(pack, asking.today), asking.today, found)
    except TooManyRows:
        messages.warning(request, _("这一项要读的行太多，不能当场核对，以下一次判定为准。"))
        return _back(asking, number)
    actions.note_check(found, word, by=asking.by, now=timezone.now(), origin=asking.origin)
    told = {
        "found": _("按台账现在的内容，问题还在。"),
        "clear": _("按台账现在的内容，问题已经不在。下一次判定会把它了结。"),
        "unknown": _("按台账现在的内容，缺资料，判断不了。"),
        "gone": _("这一行已经不在台账里。下一次判定会把它了结。"),
    }
    messages.success(request, told[word])
    return _back(asking, number)


def _found(asking: Asking, number: int) -> Finding:
    found = queries.find_finding(asking.pack, asking.reading.root, number)
    if found is None:
        raise Http404
    return found


def _lines(asking: Asking, some: list[Finding]) -> list[FindingLine]:
    checks, lines = all_checks(asking.pack), []
    by_register: dict[str, list[Finding]] = {}
    for one in some:
        by_register.setdefault(one.register, []).append(one)
    named: dict[int, Listed] = {}
    for register, of in by_register.items():
        rows = [(written(register, one.row_id), one.area) for one in of]
        named |= {one.id: row for one, row in zip(of, asking.listed(register, rows), strict=True)}
    for one in some:
        title = checks[one.check_id].title.say(asking.lang) if one.check_id in checks else one.check_id
        lines.append(FindingLine(one, title, named[one.id]))
    return lines


def _check(asking: Asking, name: str, counts: queries.CheckCounts) -> CheckLine | None:
    found = all_checks(asking.pack).get(name)
    if found is None:
        return None
    return CheckLine(
        id=name,
        title=found.title.say(asking.lang),
        document=numbering.document(found.clause),
        anchor=numbering.anchor(found.clause),
        cited=numbering.number(found.clause, asking.lang),
        follow_up=_follow_up(found, asking.lang),
        counts=counts,
    )


def _follow_up(found: Any, lang: str) -> str:
    """What the policy says is done: the follow-up of an integrity check, the message of a limit."""
    words = found.follow_up if isinstance(found, IntegrityCheck) else found.message
    return words.say(lang) if words else ""


def _back(asking: Asking, number: int) -> HttpResponse:
    return redirect(reverse("finding", args=[asking.pack.policy.id, number]) + asking.query())
