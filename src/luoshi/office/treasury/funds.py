"""What the fund blocks of a policy say about money: who may give it, and who covers a shortage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import NeverCharged
from luoshi.office.treasury.models import Account, Closing
from luoshi.rulebook.model.blocks import Fund, Measure, Pack
from luoshi.rulebook.values.area_code import LENGTHS

SILENT = "silent"
FALLBACK = "county"
"""Who is charged where the text does not say which level pays."""
TIERS = ("central", "province", "city", "county", "township", "society")
"""Who gives money, as fund blocks name them."""


@dataclass(frozen=True)
class Shortage:
    """What is missing, and who has to cover it, in the order of the policy; nobody where it names nobody."""

    gap: Decimal
    covers: tuple[str, ...]


def givers(fund: Fund) -> tuple[str, ...]:
    """The tiers whose money the fund may hold: its payer, any where the text is silent, and who covers a shortage."""
    named = TIERS if fund.payer == SILENT else (fund.payer, *fund.shortfall)
    return tuple(tier for tier in dict.fromkeys(named) if tier not in fund.never_charged)


def check_giver(fund: Fund, tier: str) -> None:
    """`NeverCharged` for money of a tier that the fund block keeps out."""
    if tier not in givers(fund):
        raise NeverCharged(tier)


def charged(pack: Pack, fund: str, area: str, on: date) -> Charge:
    """The account that pays for something in an area: of the area that the payer of the fund is in, at the widest that
    in which the policy holds; of the county where the text names no level that has areas."""
    widest = len(pack.policy.jurisdiction or "")
    length = LENGTHS.get(pack.funds[fund].payer, LENGTHS[FALLBACK])
    return Charge(fund, on.year, area[: max(length, widest)])


def is_payer(pack: Pack, measure: Measure, area: str) -> bool:
    """Whether a measure is paid at the level of an area: that of an office that pays it, or one above; any where the
    policy names no such office, or not its level."""
    procedure, widest = pack.procedures.get(measure.procedure or ""), len(pack.policy.jurisdiction or "")
    steps = procedure.list_by_act("pay") if procedure is not None else []
    levels = [pack.offices[office].level for step in steps for office in step.by]
    return not levels or any(len(area) <= max(LENGTHS.get(level or "", len(area)), widest) for level in levels)


def available(pack_id: str, charge: Charge) -> Decimal:
    """What may still be committed."""
    found = Account.objects.filter(
        pack_id=pack_id, fund=charge.fund, year=charge.year, area=charge.area, kind=Account.Kind.BUDGET
    ).values_list("balance", flat=True)
    return sum(found, Decimal(0))


def shortage(pack: Pack, charge: Charge, amount: Decimal) -> Shortage | None:
    """What is missing for an amount and who covers it; None where there is enough."""
    gap = amount - available(pack.policy.id, charge)
    return Shortage(gap, covers_of(pack, charge)) if gap > 0 else None


def covers_of(pack: Pack, charge: Charge) -> tuple[str, ...]:
    """Who has to cover a shortage of a fund, in order."""
    fund = pack.funds[charge.fund]
    return tuple(tier for tier in fund.shortfall if tier not in fund.never_charged)


def is_closed(pack_id: str, charge: Charge) -> bool:
    """Whether the year of the fund is closed in the area, or in one that it lies in."""
    closed = Closing.objects.filter(pack_id=pack_id, fund=charge.fund, year=charge.year)
    return any(charge.area.startswith(area) for area in closed.values_list("area", flat=True))
