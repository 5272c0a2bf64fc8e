"""The panel of a round: who is on it, who sits out, and the ballot of a member."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.attachments import actions as attachments
from luoshi.office.awards import judging, queries
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Member, Round
from luoshi.office.desk.awards.answering import tried
from luoshi.office.desk.awards.forms import FILES, ConflictForm, MemberForm
from luoshi.office.desk.awards.members import list_possible
from luoshi.office.desk.awards.opening import Opened, open_round
from luoshi.office.desk.awards.seeing import key_titles, lines_of
from luoshi.office.desk.awards.views import shared

MARK = "mark-"


@never_cache
@require_safe
def panel(request: HttpRequest, number: int) -> HttpResponse:
    """The members, and the ballot of whoever is one; `member` names one from outside whose sheet the office enters."""
    opened = _open(request, number)
    members, counted = queries.list_members(opened.round), queries.counted_ballots(opened.round, opened.rules)
    may_record = opened.may(opened.rules.step("meet") or opened.rules.deciding)
    member = _voter(opened, members, may_record)
    last = queries.last_ballots(opened.round)
    nominations = queries.list_standing(opened.round, opened.rules)
    lines = lines_of(opened, nominations)
    given = queries.marks_of(last[member.pk]) if member is not None and member.pk in last else {}
    facts: dict[str, Any] = shared(opened) | {
        "members": [(one, one.pk in counted, one.pk in last) for one in members],
        "member": member,
        "may_record": may_record,
        "may_name": may_record and opened.round.state in {Round.State.NOMINATING, Round.State.JUDGING},
        "is_judging": opened.round.state == Round.State.JUDGING,
        "entrants": [(line, given.get(line.nomination.pk)) for line in lines if line.outcome == queries.ELIGIBLE],
        "others": [line for line in lines if line.outcome != queries.ELIGIBLE],
        "key_titles": key_titles(opened, nominations),
        "counted": len(counted),
        "member_form": MemberForm(users=list_possible(opened.round.area, opened.today)),
        "conflict_form": ConflictForm(members=[one for one in members if not hasattr(one, "conflict")]),
        "files": FILES,
    }
    return render(request, "desk/awards/panel.html", facts)


@never_cache
@require_POST
def panel_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Name or remove a member, declare a conflict, vote, close the panel or open it again."""
    opened = _open(request, number)
    rules, actor = opened.rules, opened.actor
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "name": (lambda: _name(opened), _("评委已列入。")),
        "remove": (
            lambda: judging.remove_member(_member(opened), rules, _text(request, "reason"), actor=actor),
            _("评委已移除。"),
        ),
        "conflict": (
            lambda: judging.declare(
                _member(opened), rules, _text(request, "reason"), None, actor=actor, now=opened.now
            ),
            _("已登记回避，这位评委不参加评审。"),
        ),
        "vote": (lambda: _vote(opened), _("评审票已收下。评审结束前可以改。")),
        "close": (lambda: judging.close_panel(number, rules, actor=actor), _("评审已结束。")),
        "reopen": (
            lambda: judging.reopen_panel(number, rules, actor=actor, now=opened.now),
            _("已按现在的台账重新核对每个人，评审继续。"),
        ),
    }  # fmt: skip
    if step not in steps:
        raise Http404
    tried(request, *steps[step])
    if step == "close" and queries.find_round(number, opened.scope).state == Round.State.CHOOSING:  # type: ignore[union-attr] # it was just opened
        return redirect("award-choice", number)
    return redirect("award-panel", number)


def _open(request: HttpRequest, number: int) -> Opened:
    """A round that has a panel, for whoever sees all of it."""
    opened = open_round(request, number)
    if not opened.sees_all or opened.rules.step("meet") is None:
        raise Http404
    return opened


def _voter(opened: Opened, members: list[Member], may_record: bool) -> Member | None:
    """Whose ballot the page shows."""
    asked = opened.request.GET.get("member", "")
    outside = next((one for one in members if not one.username and str(one.pk) == asked), None)
    if outside is not None and may_record:
        return outside
    return next((one for one in members if one.username == opened.actor.name), None)


def _member(opened: Opened) -> Member:
    asked = opened.request.POST.get("member", "")
    for one in queries.list_members(opened.round):
        if str(one.pk) == asked:
            return one
    raise NotAllowed(_("没有这位评委。请重新打开这一页。"))


def _name(opened: Opened) -> None:
    possible = list_possible(opened.round.area, opened.today)
    form = MemberForm(opened.request.POST, users=possible)
    if not form.is_valid():
        raise NotAllowed(_("请从列表里选账号，或写姓名。"))
    given = form.cleaned_data
    user: User | None = next((one for one in possible if one.username == given["username"]), None)
    judging.name_member(
        opened.round.pk, opened.rules, user=user, name=given["name"], office=given["office"],
        actor=opened.actor, now=opened.now,
    )  # fmt: skip


def _vote(opened: Opened) -> None:
    member, request = _member(opened), opened.request
    marks = _marks(opened)
    file = request.FILES.get("paper")
    with transaction.atomic():
        paper = None
        if file is not None and not member.username:
            paper = attachments.keep(
                file, file.name or "", area=opened.round.area, by=opened.actor.name, purpose=f"ballot:{member.pk}"
            )
        judging.cast(member, opened.rules, marks, paper, actor=opened.actor, now=opened.now)


def _marks(opened: Opened) -> dict[int, Decimal]:
    """The ranks or scores that were typed."""
    found = {}
    for name, text in opened.request.POST.items():
        number = name.removeprefix(MARK)
        if name == number or not (number.isascii() and number.isdecimal()):
            continue
        try:
            mark = Decimal(str(text).strip())
        except InvalidOperation as problem:
            raise NotAllowed(_("每个人都要填数字，不能空着。")) from problem
        if not mark.is_finite():
            raise NotAllowed(_("每个人都要填数字，不能空着。"))
        found[int(number)] = mark
    return found


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:500]
