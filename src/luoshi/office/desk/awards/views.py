"""The rounds of all awards, opening one, and the page of a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.awards import opening, queries
from luoshi.office.awards.confirming import funds_of
from luoshi.office.awards.models import Round
from luoshi.office.awards.offices import Actor, acts_in
from luoshi.office.awards.rules import Rules, find_rules, in_force_here, list_awards
from luoshi.office.awards.winning import find_winners
from luoshi.office.desk.awards.answering import tried
from luoshi.office.desk.awards.forms import ReasonForm, RoundForm
from luoshi.office.desk.awards.opening import Opened, actor_of, open_round
from luoshi.office.desk.awards.seeing import key_titles, lines_of, steps_of
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import Area, area, areas_of
from luoshi.office.runs import library
from luoshi.office.treasury.queries import list_payments_of
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.values.area_code import is_area_code


@dataclass(frozen=True)
class AwardView:
    """An award of a policy with its rounds, the newest first; `rules` None where nobody leads rounds of it."""

    award: Award
    title: str
    rules: Rules | None
    rounds: tuple[tuple[Round, str], ...]
    may_open: bool
    has_winners: bool


@never_cache
@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """Every award of the policies that somebody reads, with its rounds."""
    scope, lang, actor = scope_of(request), reader_language(), actor_of(request)
    policies = []
    for pack in map(in_force_here, readable_packs(scope)):
        found = list_awards(pack)
        if found:
            rounds = queries.list_rounds(pack.policy.id, scope)
            named = {code: one.name for code, one in areas_of({each.area for each in rounds}).items()}
            shown = [_award_view(pack, award, rounds, named, actor, lang) for award in found]
            policies.append((pack.policy.title.say(lang), pack, shown))
    return render(request, "desk/awards/awards.html", {"policies": policies})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_award(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """The form by which a round is opened; and the round."""
    pack = next((one for one in readable_packs(scope_of(request)) if one.policy.id == pack_id), None)
    rules = find_rules(in_force_here(pack), measure_id) if pack is not None else None
    if rules is None:
        raise Http404
    actor, now = actor_of(request), timezone.now()
    areas, today = _areas(rules, actor), timezone.localdate(now)
    form = RoundForm(request.POST or None, rules=rules, areas=areas, today=today, initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        made: list[Round] = []
        terms = form.terms

        def step() -> None:
            held = find_rules(in_force_here(library.pack(pack_id, terms.on)), measure_id)
            made.append(opening.open_round(held or rules, terms, actor=actor, now=now))

        if tried(request, step, _("评选已开始。")):
            return redirect("award-round", made[0].pk)
    facts = {"rules": rules, "title": rules.award.title.say(reader_language()), "form": form}
    places = rules.places(areas[0].code if areas else "", today)
    return render(request, "desk/awards/open.html", facts | {"places": places, "may_open": bool(areas)})


@never_cache
@require_safe
def award_round(request: HttpRequest, number: int) -> HttpResponse:
    """A round: where it stands, what is to be done, who is nominated."""
    opened = open_round(request, number)
    nominations = queries.list_nominations(opened.round, opened.scope)
    payments = list_payments_of(f"award:{opened.round.pk}") if opened.sees_all else []
    is_due = any(one.state not in {"paid", "released"} for one in payments)
    facts: dict[str, Any] = shared(opened) | {
        "steps": steps_of(opened, is_due),
        "lines": lines_of(opened, nominations),
        "key_titles": key_titles(opened, nominations),
        "choice": queries.find_choice(opened.round) if _may_see_choice(opened) else None,
        "payments": payments,
        "funds": [opened.rules.pack.funds[fund].title.say(opened.lang) for fund in funds_of(opened.rules)],
        "is_open": opened.round.state == Round.State.NOMINATING
        and opened.round.first_day <= opened.today <= opened.round.last_day,
        "may_close": opened.may(opened.rules.deciding) and opened.round.state == Round.State.NOMINATING,
        "may_cancel": opened.may(opened.rules.opening) and opened.round.state not in CLOSED,
        "reason_form": ReasonForm(),
        "people": names_of_accounts({opened.round.opened_by}),
    }
    return render(request, "desk/awards/round.html", facts)


CLOSED = (Round.State.NOTICED, Round.State.CONFIRMED, Round.State.CANCELLED)


@never_cache
@require_POST
def round_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Close the nominations of a round, or cancel it."""
    opened = open_round(request, number)
    whose: dict[str, Any] = {"actor": opened.actor}
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "close": (
            lambda: opening.close_nominations(number, opened.rules, today=opened.today, now=opened.now, **whose),
            _("申报已截止，每个人都按现在的台账重新核对过。"),
        ),
        "cancel": (
            lambda: opening.cancel(number, opened.rules, request.POST.get("reason", "")[:500], **whose),
            _("这一轮评选已取消。"),
        ),
    }
    if step not in steps:
        raise Http404
    tried(request, *steps[step])
    return redirect("award-round", number)


def shared(opened: Opened) -> dict[str, Any]:
    """What every page of a round shows."""
    return {
        "opened": opened,
        "round": opened.round,
        "title": opened.title,
        "is_member": queries.find_member(opened.round, opened.actor.name) is not None,
        "has_panel": opened.rules.step("meet") is not None,
    }


def _may_see_choice(opened: Opened) -> bool:
    return opened.sees_all or opened.round.state == Round.State.CONFIRMED


def _award_view(
    pack: Pack, award: Award, rounds: list[Round], named: dict[str, str], actor: Actor, lang: str
) -> AwardView:
    rules = find_rules(pack, award.id)
    return AwardView(
        award=award,
        title=award.title.say(lang),
        rules=rules,
        rounds=tuple((one, named.get(one.area, one.area)) for one in rounds if one.measure == award.id),
        may_open=rules is not None and bool(_areas(rules, actor)),
        has_winners=rules is not None and find_winners(rules) is not None,
    )


def _areas(rules: Rules, actor: Actor) -> list[Area]:
    """The areas in which somebody may open a round of an award."""
    held = rules.pack.policy.jurisdiction or ""
    code = held if rules.award.per is None else actor.area
    may = is_area_code(code) and rules.may_be_in(code) and acts_in(rules.pack, rules.opening, code, actor)
    found = area(code) if may else None
    return [found] if found is not None else []
