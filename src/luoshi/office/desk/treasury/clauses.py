"""From any clause to its money: what each clause of a policy has promised and paid, and the accounts it has filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.desk import numbering
from luoshi.office.desk.treasury.titles import Titles, titles_for
from luoshi.office.treasury import queries, rows
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.sheets import Statement

NOTHING = Decimal(0)


@dataclass(frozen=True)
class MeasureMoney:
    """What a measure has promised, and what of it is paid."""

    id: str
    title: str
    promised: Decimal
    paid: Decimal


@dataclass(frozen=True)
class AccountMoney:
    """What the accounts of a statement have got and spent."""

    id: str
    title: str
    came: Decimal
    spent: Decimal
    left: Decimal


@dataclass
class ClauseMoney:
    """A clause with everything about money that stands in it."""

    clause: str
    number: str
    title: str
    measures: list[MeasureMoney] = field(default_factory=list)
    accounts: list[AccountMoney] = field(default_factory=list)
    funds: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def document(self) -> str:
        """The number of its document."""
        return numbering.document(self.clause)

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the document."""
        return numbering.anchor(self.clause)


@never_cache
@require_safe
def clause_money(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Every clause of a policy that is about money, in the order of the text."""
    titles = titles_for(request)
    pack = titles.packs.get(pack_id)
    if pack is None:
        raise Http404
    facts = {"rows": _clauses(pack, titles), "pack_id": pack_id, "title": titles.policy(pack_id)}
    return render(request, "desk/treasury/clauses.html", facts)


def _clauses(pack: Pack, titles: Titles) -> list[ClauseMoney]:
    found: dict[str, ClauseMoney] = {}
    order = {clause: place for place, clause in enumerate(pack.clauses)}

    def at(clause: str) -> ClauseMoney:
        title = pack.clauses[clause].title.say(titles.lang) if clause in pack.clauses else clause
        return found.setdefault(clause, ClauseMoney(clause, numbering.number(clause, titles.lang), title))

    sums = queries.sums_by_measure(titles.scope, pack.policy.id)
    for measure in _paying(pack.measures.values(), sums):
        at(measure.clause).measures.append(_measure(measure, sums.get(measure.id, {}), titles.lang))
    for statement in pack.statements.values():
        if statement.account is not None:
            at(statement.clause).accounts.append(_account(pack, statement, titles))
    budgets = _budgets(titles, pack.policy.id)
    running = {one.account.fund for one in pack.statements.values() if one.account}
    for fund in (one for one in pack.funds.values() if one.id not in running):
        at(fund.clause).funds.append((fund.title.say(titles.lang), budgets.get(fund.id, NOTHING)))
    return sorted(found.values(), key=lambda one: order.get(one.clause, len(order)))


def _paying(measures: Iterable[Measure], sums: Mapping[str, object]) -> list[Measure]:
    """The measures that pay: those that name a fund, and those under which something was promised."""
    return [measure for measure in measures if measure.funds or measure.id in sums]


def _measure(measure: Measure, sums: Mapping[str, Decimal], lang: str) -> MeasureMoney:
    promised = sum((amount for state, amount in sums.items() if state != "released"), NOTHING)
    return MeasureMoney(measure.id, measure.title.say(lang), promised, sums.get("paid", NOTHING))


def _account(pack: Pack, statement: Statement, titles: Titles) -> AccountMoney:
    assert statement.account is not None
    kept = rows.list_kept(pack.policy.id, statement.account.fund, titles.scope.area)
    spent, left = sum((one.spent for one in kept), NOTHING), sum((one.left for one in kept), NOTHING)
    return AccountMoney(statement.id, statement.title.say(titles.lang), spent + left, spent, left)


def _budgets(titles: Titles, pack_id: str) -> Mapping[str, Decimal]:
    """What each fund has, in all years and areas that the person sees."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for state in queries.list_funds(titles.scope, [pack_id]):
        found[state.charge.fund] += state.whole
    return found
