"""The runs of the policies that somebody may read: how far they are, what they read and decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.runs.forms import AskForm
from luoshi.office.desk.runs.progress import Progress, done, is_open
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import actions, jobs, queries
from luoshi.office.runs.models import Run
from luoshi.rulebook.model.blocks import Pack

PAGE = 30
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class RunRow:
    """A run as a page shows it; `rows` only for whoever sees all that the policy is about."""

    run: Run
    title: str
    duration: str
    rows: int | None
    is_open: bool


@never_cache
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The runs, the newest first."""
    return _page(request, AskForm(packs=_choices(request), initial={"on": timezone.localdate()}))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a run; one that waits already for the same policy and day does."""
    form = AskForm(request.POST, packs=_choices(request))
    if not form.is_valid():
        return _page(request, form)
    ordered = jobs.order(form.cleaned_data["pack"], form.cleaned_data["on"], by=request.user.get_username())
    return redirect("run", ordered.id)


@never_cache
@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """One run: how far it is, and its receipt."""
    found, pack = _get(request, number)
    sees_whole = _sees_whole(request, pack)
    lang = reader_language()
    facts = {
        "row": _row(found, pack, sees_whole=sees_whole),
        "run": found,
        "progress": _progress(found) if is_open(found) else None,
        "may_cancel": _may_cancel(request, found, pack),
        "has_files": (actions.folder_of(found) / "results").is_dir(),
        "registers": _registers(found, pack, lang) if sees_whole else [],
        "sees_whole": sees_whole,
    }
    return render(request, "desk/runs/run.html", facts)


@never_cache
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far a run is, for the page that shows it; the page is loaded anew when it is over."""
    found, _pack = _get(request, number)
    return render(request, "desk/runs/progress.html", {"progress": _progress(found)}) if is_open(found) else done()


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel a run: one's own, or any where one sees all that the policy is about."""
    found, pack = _get(request, number)
    if not is_open(found):
        return redirect("run", number)
    if not _may_cancel(request, found, pack):
        raise PermissionDenied
    actions.cancel(found, by=request.user.get_username())
    messages.success(request, _("已取消。"))
    return redirect("run", number)


def duration(length: timedelta) -> str:
    """A length of time in words: seconds, minutes and seconds, or hours and minutes."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(count)s 秒", "%(count)s 秒", seconds) % {"count": seconds}
    if seconds < HOUR:
        return _("%(minutes)s 分 %(seconds)s 秒") % {"minutes": seconds // MINUTE, "seconds": seconds % MINUTE}
    return _("%(hours)s 小时 %(minutes)s 分") % {"hours": seconds // HOUR, "minutes": seconds % HOUR // MINUTE}


def _page(request: HttpRequest, form: AskForm) -> HttpResponse:
    packs = {pack.policy.id: pack for pack in readable_packs(scope_of(request))}
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdecimal()):
        raise Http404
    found = queries.list_runs(packs, int(before) if before else None, PAGE + 1)
    rows = [_row(one, packs[one.pack_id], sees_whole=_sees_whole(request, packs[one.pack_id])) for one in found[:PAGE]]
    facts = {
        "rows": rows,
        "before": rows[-1].run.id if len(found) > PAGE else None,
        "is_first": not before,
        "form": form,
        "may_ask": bool(packs) and may_open("run-ask", getattr(request.user, "role", None)),
        "is_waiting": any(row.is_open for row in rows),
    }
    return render(request, "desk/runs/runs.html", facts)


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    lang = reader_language()
    return [(pack.policy.id, pack.policy.title.say(lang)) for pack in readable_packs(scope_of(request))]


def _get(request: HttpRequest, number: int) -> tuple[Run, Pack]:
    """A run of a policy that the person may read."""
    found = Run.objects.filter(id=number).first()
    packs = {pack.policy.id: pack for pack in readable_packs(scope_of(request))}
    if found is None or found.pack_id not in packs:
        raise Http404
    return found, packs[found.pack_id]


def _sees_whole(request: HttpRequest, pack: Pack) -> bool:
    return pack.policy.jurisdiction is not None and scope_of(request).covers(pack.policy.jurisdiction)


def _may_cancel(request: HttpRequest, found: Run, pack: Pack) -> bool:
    is_own = found.asked_by == request.user.get_username()
    may = may_open("run-cancel", getattr(request.user, "role", None))
    return is_open(found) and may and (is_own or _sees_whole(request, pack))


def _row(found: Run, pack: Pack, *, sees_whole: bool) -> RunRow:
    ended = found.finished_at or (timezone.now() if is_open(found) else None)
    length = duration(ended - found.started_at) if ended and found.started_at else ""
    rows = sum(found.rows_decided.values()) if sees_whole and found.rows_decided else None
    return RunRow(found, pack.policy.title.say(reader_language()), length, rows, is_open(found))


def _registers(found: Run, pack: Pack, lang: str) -> list[tuple[str, int, int | None]]:
    """Registers with the rows that were read and those that were decided."""
    titles = {name: register.title.say(lang) for name, register in pack.registers.items()}
    read = found.rows_read.items()
    return [(titles.get(name, name), count, found.rows_decided.get(name)) for name, count in read]


def _progress(found: Run) -> Progress:
    words = {"snapshot": _("正在取台账快照"), "engine": _("正在判定"), "figures": _("正在保存数字")}
    waiting = _("排队等待计算")
    said = waiting if found.state == Run.State.WAITING else words.get(found.step, _("正在开始"))
    return Progress("run-progress", found.id, found.done, found.steps, said)
