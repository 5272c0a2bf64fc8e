"""The charts themselves, each from figures that were read; None where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from luoshi.office.desk.charts.chart import CENT, Chart, Column, Row, by_code, in_unit, ranked, share, total
from luoshi.office.runs.queries import Figures

AreaNames = Iterable[tuple[str, str]]


def cases(names: AreaNames, figures: Mapping[str, Figures], day: str, *, several: bool = True) -> Chart | None:
    """Area beside area: how many are entitled, about how many something is missing. `several` measures are added up."""
    values = {code: (one.eligible, one.undetermined) for code, one in figures.items()}
    rows, rest = ranked(by_code(names, values, day))
    if not rows:
        return None
    whole = sum(sum(pair) for pair in values.values())
    first = {"area": rows[0].name, "percent": share(total(rows[0]), whole), "count": f"{total(rows[0]):,}"}
    return Chart(
        id="cases",
        title=_("各地办到哪里"),
        finding=_("%(area)s最多，%(count)s 件，占 %(percent)s%%。") % first,
        kind="stacked",
        axis=_("地区"),
        unit=_("件"),
        columns=(Column(_("符合"), "fine"), Column(_("无法判定"), "open")),
        rows=rows,
        rest=rest,
        note=_("一个对象符合几项措施的，每项各算一件。") if several else "",
    )


def money(names: AreaNames, figures: Mapping[str, Figures], day: str, lang: str) -> Chart | None:
    """Area beside area: yuan for those who are entitled."""
    unit, worth = in_unit((one.amount for one in figures.values()), lang)
    values = {code: (_rounded(one.amount / worth),) for code, one in figures.items()}
    rows, rest = ranked(by_code(names, values, day))
    if not rows:
        return None
    whole = _rounded(sum((one.amount for one in figures.values()), Decimal(0)) / worth)
    facts = {"area": rows[0].name, "percent": share(total(rows[0]), whole), "sum": f"{whole:,f}", "unit": unit}
    finding = _("合计 %(sum)s %(unit)s，%(area)s占 %(percent)s%%。") % facts
    columns = (Column(_("符合者金额"), "first"),)
    return Chart("money", _("各地要用多少钱"), finding, "bars", _("地区"), unit, columns, rows, rest=rest)


def funds(by_fund: Mapping[str, Figures], titles: Mapping[str, str], lang: str) -> Chart | None:
    """Fund beside fund: yuan for those who are entitled; several funds that may pay stand together."""
    unit, worth = in_unit((one.amount for one in by_fund.values()), lang)
    named = [Row(_fund_name(funds, titles), (_rounded(one.amount / worth),)) for funds, one in by_fund.items() if funds]
    rows, rest = ranked(named)
    if not rows:
        return None
    whole = _rounded(sum((one.amount for one in by_fund.values()), Decimal(0)) / worth)
    facts = {"fund": rows[0].name, "percent": share(total(rows[0]), whole), "sum": f"{whole:,f}", "unit": unit}
    return Chart(
        id="funds",
        title=_("钱从哪里出"),
        finding=_("合计 %(sum)s %(unit)s，其中%(fund)s %(percent)s%%。") % facts,
        kind="bars",
        axis=_("资金"),
        unit=unit,
        columns=(Column(_("符合者金额"), "first"),),
        rows=rows,
        rest=rest,
        note=_("几项资金都可以支出的，合在一起算。"),
    )


def missing(tally: Mapping[tuple[str, str], int]) -> Chart | None:
    """Condition beside condition: for how many subjects it cannot be decided. The keys are measure and condition."""
    several = len({measure for measure, _condition in tally}) > 1
    rows, rest = ranked(
        Row(f"{condition}{_('：')}{measure}" if several else condition, (count,))
        for (measure, condition), count in tally.items()
    )
    if not rows:
        return None
    facts = {"what": rows[0].name, "count": f"{total(rows[0]):,}"}
    return Chart(
        id="missing",
        title=_("缺什么，涉及多少"),
        finding=_("最多的是“%(what)s”，%(count)s 件判定不了。") % facts,
        kind="bars",
        axis=_("判定不了的条件"),
        unit=_("件"),
        columns=(Column(_("无法判定"), "open"),),
        rows=rows[:10],
        rest=rest + max(0, len(rows) - 10),
    )


def development(days: Mapping[date, Figures]) -> Chart | None:
    """Day after day; nothing while there is only one, or nobody is counted."""
    if len(days) < 2 or not any(one.eligible or one.undetermined for one in days.values()):
        return None
    rows = tuple(Row(day.isoformat(), (one.eligible, one.undetermined)) for day, one in days.items())
    (before, *_rest), (*_earlier, last) = days.values(), days.values()
    facts = {
        "first": rows[0].name,
        "last": rows[-1].name,
        "before": f"{before.eligible:,}",
        "now": f"{last.eligible:,}",
    }
    return Chart(
        id="development",
        title=_("一次次算下来的变化"),
        finding=_("从 %(first)s 到 %(last)s，符合的从 %(before)s 件变为 %(now)s 件。") % facts,
        kind="line",
        axis=_("截至"),
        unit=_("件"),
        columns=(Column(_("符合"), "fine"), Column(_("无法判定"), "open")),
        rows=rows,
    )


def _fund_name(funds: str, titles: Mapping[str, str]) -> str:
    """One or two funds by name; of more the first."""
    each = [titles.get(fund, fund) for fund in funds.split("|")]
    if len(each) <= 2:
        return str(_("、")).join(each)
    return _("%(fund)s等 %(count)s 项") % {"fund": each[0], "count": len(each)}


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
