"""The page of one value on its way: tried out, submitted, confirmed or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.accounts.policy import MAKERS
from luoshi.office.desk.parameters.book import Book
from luoshi.office.desk.parameters.effects import find_effect
from luoshi.office.desk.parameters.forms import RefusalForm
from luoshi.office.desk.parameters.views import name_of
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.runs.progress import Progress, done, is_open
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import jobs, library, proposing
from luoshi.office.runs.errors import NotAllowed
from luoshi.office.runs.models import LocalSetting, Preview

State = LocalSetting.State


@never_cache
@require_safe
def value(request: HttpRequest, number: int) -> HttpResponse:
    """A value with what it would come to, and what can be done with it."""
    return _page(request, _get(request, number), RefusalForm())


@never_cache
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the trial is, for the page that shows it; the page is loaded anew when it is over."""
    preview = _preview(_get(request, number))
    if preview is None or not is_open(preview):
        return done()
    return render(request, "desk/runs/progress.html", {"progress": _progress(preview)})


@require_POST
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Take one step with a value; refusing it needs a reason."""
    setting = _get(request, number)
    if step not in STEPS:
        raise Http404
    if step == "refuse":
        form = RefusalForm(request.POST)
        if not form.is_valid():
            return _page(request, setting, form)
    try:
        with transaction.atomic():
            STEPS[step](request, setting)
    except NotAllowed as problem:
        messages.warning(request, str(problem))
    return redirect("local-value", setting.id)


def _submit(request: HttpRequest, setting: LocalSetting) -> None:
    _only_makers(request)
    pack = library.pack(setting.pack_id)
    _hold(request, proposing.submit(setting, pack, by=request.user.get_username()))


def _confirm(request: HttpRequest, setting: LocalSetting) -> None:
    _hold(request, proposing.confirm(setting, by=request.user.get_username()))


def _refuse(request: HttpRequest, setting: LocalSetting) -> None:
    proposing.refuse(setting, request.POST["reason"].strip(), by=request.user.get_username())
    messages.success(request, _("已退回，没有生效。"))


def _withdraw(request: HttpRequest, setting: LocalSetting) -> None:
    proposing.withdraw(setting, by=request.user.get_username())
    messages.success(request, _("已撤回，没有生效。"))


def _retry(request: HttpRequest, setting: LocalSetting) -> None:
    if setting.state == State.DRAFTED and setting.set_by == request.user.get_username():
        jobs.order_preview(setting)


STEPS: Mapping[str, Callable[[HttpRequest, LocalSetting], None]] = {
    "submit": _submit,
    "confirm": _confirm,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "retry": _retry,
}


def _hold(request: HttpRequest, setting: LocalSetting) -> None:
    """Say what has become of it; one that holds today already asks for a run."""
    if setting.state == State.PROPOSED:
        messages.success(request, _("已提交，等另一位有权的人复核。"))
    elif setting.state == State.SET:
        today = timezone.localdate()
        if setting.start <= today:
            jobs.order(setting.pack_id, today, by=request.user.get_username())
        messages.success(
            request, _("已生效；数字正在重新计算。") if setting.start <= today else _("已设定，到期生效。")
        )


def _only_makers(request: HttpRequest) -> None:
    if getattr(request.user, "role", None) not in MAKERS:
        raise NotAllowed(_("您的角色只能复核，不能提交。"))


def _get(request: HttpRequest, number: int) -> LocalSetting:
    """The value of a number within what the person may see; a draft only for whoever made it."""
    scope = scope_of(request)
    found = LocalSetting.objects.select_related("file").filter(id=number).first()
    if found is None or not found.area or not scope.covers(found.area):
        raise Http404
    if found.pack_id not in {pack.policy.id for pack in readable_packs(scope)}:
        raise Http404
    if found.state == State.DRAFTED and found.set_by != request.user.get_username():
        raise Http404
    return found


def _preview(setting: LocalSetting) -> Preview | None:
    return Preview.objects.filter(setting=setting).select_related("setting").first()


def _progress(preview: Preview) -> Progress:
    return Progress("local-value-progress", preview.setting_id, preview.done, preview.steps, _("正在试算"))


def _page(request: HttpRequest, setting: LocalSetting, form: RefusalForm) -> HttpResponse:
    pack, lang, today = library.pack(setting.pack_id), reader_language(), timezone.localdate()
    book = Book(pack, setting.area, today, lang, name_of)
    item = book.find(setting.name)
    if item is None:
        raise Http404
    preview = _preview(setting)
    by, role = request.user.get_username(), getattr(request.user, "role", None)
    is_own = setting.set_by == by
    facts = {
        "setting": setting,
        "entry": book.entry(item),
        "words": book.row_in_words(item, setting),
        "area": name_of(setting.area),
        "preview": preview,
        "effect": find_effect(preview, pack, lang, name_of) if preview else None,
        "progress": _progress(preview) if preview and is_open(preview) else None,
        "two": proposing.needs_second(pack, setting.name),
        "may_submit": is_own and setting.state == State.DRAFTED and role in MAKERS,
        "may_withdraw": is_own and setting.state in {State.DRAFTED, State.PROPOSED},
        "may_confirm": not is_same_person(by, setting.set_by) and setting.state == State.PROPOSED,
        "form": form,
    }
    return render(request, "desk/parameters/value.html", facts)
