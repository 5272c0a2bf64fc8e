"""Five measures that differ in shape: how each is asked for, the facts by which it is granted, what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.office.treasury.models import Commitment
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId
from luoshi.rulebook.values.credit_code import FIRM, TEST_DIVISION, CreditCode
from tests.office.awards import ground
from tests.office.casework import walking
from tests.office.casework.worked import found_example
from tests.office.sheets import place as posts

PHONE_OF_FIRM, AT_DESK, BY_SHEET, IN_ROUND = "phone of a firm", "at a desk", "by a sheet", "in a round"
"""How money is asked for: on the phone of whoever deals for a row; taken in by a cadre; reported every month by the
village; nominated for an award."""


@dataclass(frozen=True)
class The:
    """The only row of a register, referred to by another."""

    register: str


@dataclass(frozen=True)
class Grant:
    """A measure. `facts` are said of the only row of a register, beside those of a worked case; `number` is that of
    the payee. `amount` as officials read it, `told` as the public does; `shown` is whom a notice names."""

    pack: str
    measure: str
    asked: str
    called: str
    amount: str
    told: str
    payee: str
    number: str
    mobile: str
    shown: str = ""
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def village(self) -> str:
        """Where its subject is."""
        return walking.VILLAGES[self.pack]

    @property
    def register(self) -> str:
        """What it is granted to."""
        return walking.whole(self.pack).measures[self.measure].register

    @property
    def procedure(self) -> str:
        """How it is granted."""
        return walking.whole(self.pack).measures[self.measure].procedure or ""

    @property
    def paid(self) -> Commitment:
        """Its newest payment."""
        found = Commitment.objects.select_related("payee").filter(pack_id=self.pack, measure=self.measure)
        return found.latest("id")


def _firm(number: int) -> str:
    return CreditCode.of(FIRM, TEST_DIVISION, number).text


OWNER = CitizenId.of(TEST_ADDRESS, date(1980, 5, 1), "female", 7).text
DINGXI, LISHUI = walking.VILLAGES["dingxi-2018"], walking.VILLAGES["lishui-draft"]
GRANTS = (
    Grant(
        "dingxi-2018", "returnee-founder-grant", PHONE_OF_FIRM, "样例养殖车间", "50,000", "5 万元",
        "样例养殖合作社", _firm(1), "13700002468", "",
        {
            "organisation": {"credit_code": _firm(1), "name": "样例养殖合作社", "area": DINGXI},
            "workshop": {"name": "样例养殖车间", "area": DINGXI, "operator": The("organisation")},
        },
    ),
    Grant(
        "dingxi-2018", "post-allowance-city", BY_SHEET, "姓名an", "500", "500 元",
        "姓名an", posts.IDS["an"], "13700002469",
    ),
    Grant(
        "dingxi-2018", "poor-owner-shop-money", AT_DESK, "样例土豆店", "3,000", "3,000 元",
        "样例店主", OWNER, "13700002470", "样例土豆经营部",
        {
            "person": {"citizen_id": OWNER, "name": "样例店主"},
            "shop_operator": {"registration": "D-0001", "name": "样例土豆经营部"},
            "online_shop": {"platform": "样例平台", "shop_number": "S-0001", "name": "样例土豆店"},
            "ecommerce_claim": {
                "claim_number": "E-0001", "kind": "poor_owner", "area": DINGXI[:6], "shop": The("online_shop"),
                "operator": The("shop_operator"),
            },
        },
    ),
    Grant(
        "lishui-draft", "premium-subsidy", PHONE_OF_FIRM, "BX-0001", "2,000", "2,000 元",
        "样例来料加工公司", _firm(2), "13700002471", "样***司",
        {
            "organisation": {"credit_code": _firm(2), "name": "样例来料加工公司", "area": LISHUI},
            "insurance_policy": {"policy_number": "BX-0001", "organisation": The("organisation")},
        },
    ),
    Grant(
        ground.PACK, ground.AWARD, IN_ROUND, "张经纪", "10,000", "1 万元",
        "张经纪", f"33110019700101{ground.FIRST_BROKER:04}", "", "张*纪",
    ),
)  # fmt: skip


def lay(grant: Grant) -> tuple[int, tuple[str, int]]:
    """The rows of a worked case in which it is granted, with its facts and money: the row it is granted to, and the
    register and row that a case is about."""
    pack = walking.whole(grant.pack)
    example, subject = found_example(pack, pack.measures[grant.measure])
    assert example.case is not None
    rows = joined(example.case.store.rows, grant.facts)
    about = next(name for name in pack.procedures[grant.procedure].registers if name in rows)
    ids = walking.lay(pack, rows)
    walking.set_locally(pack, example)
    return ids[grant.register, subject], (about, ids[about, next(iter(rows[about]))])


def joined(worked: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[Any, dict[str, Any]]]:
    """The rows of a worked case with facts: about its only row of a register, or about a new one."""
    rows = {register: {row: dict(cells) for row, cells in found.items()} for register, found in worked.items()}
    only = {register: next(iter(rows.get(register, ())), "new") for register in facts}
    for register, cells in facts.items():
        told = {name: only[cell.register] if isinstance(cell, The) else cell for name, cell in cells.items()}
        rows.setdefault(register, {}).setdefault(only[register], {}).update(told)
    return rows
