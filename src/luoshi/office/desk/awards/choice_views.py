"""Choosing: how everybody stands, who is proposed, the second person, the notice, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.awards import choosing, confirming, queries
from luoshi.office.awards.confirming import Decided
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Choice, Round
from luoshi.office.awards.winning import find_winners
from luoshi.office.desk.awards.answering import tried
from luoshi.office.desk.awards.deciding import DecisionForm
from luoshi.office.desk.awards.opening import Opened, open_round
from luoshi.office.desk.awards.seeing import key_titles, lines_of
from luoshi.office.desk.awards.views import shared
from luoshi.office.notices import queries as notices


@never_cache
@require_safe
def choice(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody in order with ties marked, and the choice that is on its way."""
    opened = _open(request, number)
    found, nominations = queries.find_choice(opened.round), queries.list_standing(opened.round, opened.rules)
    lines, set_aside = lines_of(opened, nominations), queries.list_set_aside(opened.round)
    chosen = {one.nomination_id: one for one in found.chosen.all()} if found else {}
    outcome = choosing.outcome_of(found, opened.today) if found else None
    entrants = [line for line in lines if line.outcome == queries.ELIGIBLE]
    facts: dict[str, Any] = shared(opened) | {
        "choice": found,
        "chosen": chosen,
        "entrants": [(line, chosen.get(line.nomination.pk)) for line in entrants],
        "others": [line for line in lines if line.outcome != queries.ELIGIBLE],
        "key_titles": key_titles(opened, nominations),
        "border": [line for line in entrants if line.is_at_border],
        "set_aside": set_aside,
        "people": names_of_accounts(_hands([found, *set_aside] if found else set_aside)),
        "outcome": outcome,
        "notice": notices.find_by_key(found.notice) if found and found.notice else None,
        "counted": len(queries.counted_ballots(opened.round, opened.rules)),
    }
    return render(request, "desk/awards/choice.html", facts | _acts(opened, found, outcome))


@never_cache
@require_POST
def choice_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Propose a choice, approve it, set it aside, publish it, or confirm it."""
    opened = _open(request, number)
    rules, reason = opened.rules, request.POST.get("reason", "")[:1000]
    whose: dict[str, Any] = {"actor": opened.actor, "now": opened.now}
    day: dict[str, Any] = whose | {"today": opened.today}
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "propose": (
            lambda: choosing.prepare(number, rules, _ticked(request), reason, **whose),
            _("人选已提出。"),
        ),
        "approve": (lambda: choosing.approve(_current(opened), rules, **whose), _("已复核。")),
        "set-aside": (
            lambda: choosing.set_aside(_current(opened), rules, reason[:500], **day),
            _("人选已退回，可以重新确定。"),
        ),
        "publish": (lambda: choosing.publish(_current(opened), rules, _names(opened), **day), _("已公示。")),
        "confirm": (
            lambda: confirming.confirm(_current(opened), rules, _decided(opened), _names(opened), **day),
            _("结果已确定。"),
        ),
    }
    if step not in steps:
        raise Http404
    winners = find_winners(rules)
    tried(request, *steps[step], table=winners.table if winners else None)
    return redirect("award-choice", number)


def _open(request: HttpRequest, number: int) -> Opened:
    """A round in which people choose or have chosen, for whoever sees all of it."""
    opened = open_round(request, number)
    if not opened.sees_all:
        raise Http404
    return opened


def _acts(opened: Opened, found: Choice | None, outcome: Any) -> dict[str, Any]:
    """What the person may do on the page."""
    state = found.state if found else None
    decides = opened.may(opened.rules.deciding)
    is_own = found is not None and is_same_person(opened.actor.name, found.prepared_by)
    is_over = outcome in {notices.Outcome.CLEAR, notices.Outcome.ANSWERED}
    has_notice = opened.rules.step("notice") is not None
    is_empty = found is not None and not found.chosen.exists()
    is_ready = state == Choice.State.READY and (is_empty or not has_notice)
    may_confirm = decides and not is_own and (is_ready or (state == Choice.State.NOTICED and is_over))
    return {
        "may_propose": decides and found is None and opened.round.state == Round.State.CHOOSING,
        "may_approve": decides and state == Choice.State.WAITING and not is_own,
        "may_set_aside": decides and state in {Choice.State.WAITING, Choice.State.READY, Choice.State.NOTICED},
        "may_publish": state == Choice.State.READY and not is_empty and opened.may(opened.rules.step("notice")),
        "may_confirm": may_confirm,
        "waits_for_another": is_own and decides and (state == Choice.State.WAITING or is_ready or is_over),
        "form": DecisionForm(opened=opened, has_winners=not is_empty) if may_confirm else None,
        "may_reopen": opened.may(opened.rules.step("meet"))
        and found is None
        and opened.round.state == Round.State.CHOOSING,
    }


def _hands(choices: Iterable[Choice]) -> Iterator[str]:
    """The accounts of those who had a hand in a choice."""
    for one in choices:
        yield from (one.prepared_by, one.approved_by, one.confirmed_by, one.set_aside_by)


def _current(opened: Opened) -> Choice:
    found = queries.find_choice(opened.round)
    if found is None:
        raise NotAllowed(_("没有正在办的人选。请重新打开这一页。"))
    return found


def _ticked(request: HttpRequest) -> set[int]:
    return {int(one) for one in request.POST.getlist("chosen") if one.isascii() and one.isdecimal() and len(one) < 18}


def _names(opened: Opened) -> dict[str, choosing.Shown]:
    chosen = _current(opened).chosen.select_related("nomination")
    return dict(opened.shown(one.nomination for one in chosen))


def _decided(opened: Opened) -> Decided:
    has_winners = _current(opened).chosen.exists()
    form = DecisionForm(opened.request.POST, opened=opened, has_winners=has_winners)
    if not form.is_valid():
        problems = [f"{form.fields[name].label}：{' '.join(map(str, told))}" for name, told in form.errors.items()]
        raise NotAllowed(_("没有确定。") + " ".join(problems))
    return form.decided
