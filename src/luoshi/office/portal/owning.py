"""What belongs to whoever has signed in: the rows they are, and those about them; nothing else is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.office.applicants import links
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.applicants.ties import Own, own_rows
from luoshi.office.desk.case_words import PAYMENTS
from luoshi.office.desk.deciding import DecidedView, find_decided
from luoshi.office.desk.keeping import Kept, find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.desk.wording import money
from luoshi.office.portal import policies
from luoshi.office.registry.shape import table_name
from luoshi.office.treasury.queries import list_payments_to
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Mine:
    """A row about somebody, as a policy sees it."""

    pack_id: str
    register: str
    row_id: int
    name: str
    kind: str
    measures: int


def list_mine(applicant: Applicant, today: date, lang: str) -> list[Mine]:
    """The rows about somebody for which a policy has measures, under every policy that holds."""
    found = []
    for pack in policies.packs(today):
        counts = {register: 0 for register in pack.registers}
        for measure in policies.offered(pack, today):
            counts[measure.register] += 1
        for row in own(applicant, pack):
            if counts[row.register] or not row.how:
                found.append(_mine(pack, row, counts[row.register], lang))
    return sorted(found, key=lambda item: -item.measures)


def find_own(applicant: Applicant, pack: Pack, register: str, row_id: int, lang: str) -> Kept | None:
    """A row about somebody with what is kept, numbers masked; None for any other row."""
    if not any((row.register, row.row_id) == (register, row_id) for row in own(applicant, pack)):
        return None
    return find_kept(_names(pack, lang), register, str(row_id))


def decided(pack: Pack, today: date, register: str, row_id: int, lang: str) -> DecidedView | None:
    """What the policy decides about a row now; None where only a run can."""
    return find_decided(pack, today, (register, row_id), lang)


def list_paid(pack: Pack, register: str, row_id: int, lang: str) -> list[dict[str, Any]]:
    """The money for a row, the newest first: for what, of which period, how much, and whether it has been paid."""
    return [
        {
            "title": pack.measures[one.measure].title.say(lang) if one.measure in pack.measures else "",
            "period": one.period.partition("#")[0],  # a case that stands for itself has none
            "sum": money(one.amount, lang),
            "state": one.state,
            "words": PAYMENTS[one.state],
            "paid_on": one.paid_on if one.state == "paid" else None,
        }
        for one in list_payments_to(pack.policy.id, register, row_id)
    ]


def own(applicant: Applicant, pack: Pack) -> Iterator[Own]:
    """Rows are tied by register: what packs share is the same person under each of them."""
    for link in links.confirmed(applicant):
        if link.row_id is not None and link.register in pack.registers and _is_there(link, pack):
            yield from own_rows(pack, link.register, link.row_id)


def _is_there(link: Link, pack: Pack) -> bool:
    """Whether the register of a policy is the one that somebody is tied to: its own, or one that it shares."""
    return table_name(pack, link.register).schema == link.kept_in


def _mine(pack: Pack, row: Own, measures: int, lang: str) -> Mine:
    names = _names(pack, lang).of(row.register, [row.row_id])
    kind = pack.registers[row.register].row.say(lang)
    name = names.get(row.row_id) or _names(pack, lang).plain(row.register, row.row_id)
    return Mine(pack.policy.id, row.register, row.row_id, name, kind, measures)


def _names(pack: Pack, lang: str) -> Names:
    return Names(pack, pack.policy.jurisdiction or "-", lang)
