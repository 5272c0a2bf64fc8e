"""The pages of funds: what there is by year and area, one fund's statement, budgets."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.attachments import actions as attachments
from luoshi.office.attachments.errors import NotKept
from luoshi.office.desk.money_words import TIERS, attempt
from luoshi.office.desk.treasury.forms import CloseForm, GiveForm, HandDownForm, PaperForm
from luoshi.office.desk.treasury.paging import number_in
from luoshi.office.desk.treasury.titles import Titles, titles_for
from luoshi.office.registry.areas import area_children
from luoshi.office.treasury import budgets, queries
from luoshi.office.treasury.budgets import Paper
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.queries import FundState
from luoshi.rulebook.values.area_code import is_area_code

PAGE = 50


@dataclass(frozen=True)
class FundRow:
    """A fund as a page lists it."""

    state: FundState
    title: str
    area: str

    @property
    def under_way(self) -> int:
        """What is neither paid nor free, in whole percent."""
        whole = self.state.whole
        return int(100 * (whole - self.state.left - self.state.of("paid")) / whole) if whole else 0


@never_cache
@require_safe
def treasury(request: HttpRequest) -> HttpResponse:
    """The funds of the policies and areas that somebody sees."""
    return _page(request, titles_for(request), None)


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """A budget."""
    titles = titles_for(request)
    form = _give_form(titles, request)
    if not form.is_valid():
        return _page(request, titles, form)
    given = form.cleaned_data
    pack_id, fund = given["fund"].split("/")
    charge = Charge(fund, given["year"], given["area"])
    try:
        number = _attached(request, charge)
    except NotKept as refused:
        form.add_error("attachment", str(refused))
        return _page(request, titles, form)
    paper = Paper(given["reason"], given["document"], number)
    facts = {"by": request.user.get_username(), "now": timezone.now()}
    attempt(
        request,
        lambda: budgets.give(pack_id, charge, given["tier"], given["amount"], paper, **facts),  # type: ignore[arg-type] # as named
        _("预算已下达。"),
    )
    return redirect("treasury")


@never_cache
@require_safe
def fund(request: HttpRequest, pack_id: str, fund: str, year: int, area: str) -> HttpResponse:
    """One fund in a year and an area: what it has, and every movement."""
    titles, state = _get(request, pack_id, Charge(fund, year, area))
    before = number_in(request, "before")
    lines = queries.statement(pack_id, state.charge, before, PAGE + 1)
    areas = _areas(titles, area)[1:]
    facts = {
        "state": state,
        "title": titles.fund(pack_id, fund),
        "area": titles.area(area),
        "policy": titles.policy(pack_id),
        "lines": lines[:PAGE],
        "before": lines[PAGE - 1].id if len(lines) > PAGE else None,
        "is_first": before is None,
        "covers": [TIERS.get(tier, tier) for tier in titles.packs[pack_id].funds[fund].shortfall],
        "never": [TIERS.get(tier, tier) for tier in titles.packs[pack_id].funds[fund].never_charged],
        "may_write": may_open("budget-give", getattr(request.user, "role", None)),
        "hand_down": HandDownForm(areas=areas) if areas else None,
        "close": CloseForm(auto_id="close_%s"),
        "reverse": PaperForm(auto_id=False),
        "by_hand": budgets.BY_HAND,
    }
    return render(request, "desk/treasury/fund.html", facts)


@require_POST
def hand_down(request: HttpRequest, pack_id: str, fund: str, year: int, area: str) -> HttpResponse:
    """Part of what an area has goes to one within it."""
    titles, state = _get(request, pack_id, Charge(fund, year, area))
    form = HandDownForm(request.POST, areas=_areas(titles, area)[1:])
    if not form.is_valid():
        raise BadRequest
    given, by = form.cleaned_data, request.user.get_username()
    paper = Paper(given["reason"], given["document"])
    attempt(
        request,
        lambda: budgets.hand_down(
            pack_id, state.charge, given["area"], given["amount"], paper, by=by, now=timezone.now()
        ),
        _("已分配。"),
    )
    return redirect("fund", pack_id, fund, year, area)


@require_POST
def close_year(request: HttpRequest, pack_id: str, fund: str, year: int, area: str) -> HttpResponse:
    """The year is closed."""
    _titles, state = _get(request, pack_id, Charge(fund, year, area))
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given, by = form.cleaned_data, request.user.get_username()
    paper = Paper(given["reason"], given["document"])
    attempt(
        request,
        lambda: budgets.close_year(pack_id, state.charge, given["how"], paper, by=by, now=timezone.now()),
        _("年度已关账。"),
    )
    return redirect("fund", pack_id, fund, year, area)


@require_POST
def reverse(request: HttpRequest, number: int) -> HttpResponse:
    """An entry that was made by hand is taken back."""
    titles = titles_for(request)
    found = queries.find_entry(titles.scope, number)
    if found is None:
        raise Http404
    accounts = [line.account for line in found.lines.select_related("account")]
    if not all(titles.scope.covers(account.area) for account in accounts):
        raise PermissionDenied
    form = PaperForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    paper, by = Paper(**form.cleaned_data), request.user.get_username()
    attempt(request, lambda: budgets.reverse(number, paper, by=by, now=timezone.now()), _("已冲正。"))
    of = accounts[0]
    return redirect("fund", of.pack_id, of.fund, of.year, of.area)


def _page(request: HttpRequest, titles: Titles, form: GiveForm | None) -> HttpResponse:
    rows = [
        FundRow(state, titles.fund(state.pack_id, state.charge.fund), titles.area(state.charge.area))
        for state in queries.list_funds(titles.scope, titles.pack_ids)
    ]
    may_write = may_open("budget-give", getattr(request.user, "role", None))
    policies = [(pack_id, titles.policy(pack_id)) for pack_id in titles.packs]
    facts = {
        "rows": rows,
        "policies": policies,
        "may_write": may_write,
        "form": form or _give_form(titles, None),
        "is_bound": bool(form),
    }
    return render(request, "desk/treasury/funds.html", facts)


def _give_form(titles: Titles, request: HttpRequest | None) -> GiveForm:
    funds = [
        (f"{pack_id}/{fund.id}", f"{fund.title.say(titles.lang)}（{titles.policy(pack_id)}）")
        for pack_id, pack in titles.packs.items()
        for fund in pack.funds.values()
    ]
    areas = _areas(titles, titles.scope.area)
    if request is None:
        return GiveForm(funds=funds, areas=areas, initial={"year": timezone.localdate().year})
    return GiveForm(request.POST, request.FILES, funds=funds, areas=areas)


def _areas(titles: Titles, code: str) -> list[tuple[str, str]]:
    """The area and those one level below."""
    return [(code, titles.area(code)), *((child.code, child.name) for child in area_children(code))]


def _attached(request: HttpRequest, charge: Charge) -> int | None:
    file = request.FILES.get("attachment")
    if file is None:
        return None
    by, purpose = request.user.get_username(), f"budget:{charge.fund}/{charge.year}"
    return attachments.keep(file, file.name or "", area=charge.area, by=by, purpose=purpose).id


def _get(request: HttpRequest, pack_id: str, charge: Charge) -> tuple[Titles, FundState]:
    titles = titles_for(request)
    pack = titles.packs.get(pack_id)
    if (
        pack is None
        or charge.fund not in pack.funds
        or not is_area_code(charge.area)
        or not 2000 <= charge.year <= 2100
    ):
        raise Http404
    state = queries.find_fund(titles.scope, pack_id, charge)
    if state is None:
        raise Http404
    return titles, state
