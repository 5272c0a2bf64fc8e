"""A county with money, people to whom some of it is due, and officials who pay it out."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import openpyxl

from luoshi.office.database.keys import secrecy
from luoshi.office.treasury import actions, bank_files, budgets, listing, returning, settling, stepping
from luoshi.office.treasury.budgets import Paper
from luoshi.office.treasury.deciding import Charge, Decision, Payee, Subject
from luoshi.office.treasury.listing import Wanted
from luoshi.office.treasury.models import (
    BankLayout,
    Batch,
    CheckResult,
    Commitment,
    Line,
    LineFinding,
    ListedPerson,
    PersonList,
    ReturnFile,
)
from luoshi.office.treasury.payees import account_of
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId

PACK = "dingxi-2018"
MEASURE, FUND, REGISTER = "post-allowance-province", "provincial-employment-subsidy", "post_holding"
CITY, COUNTY, NEIGHBOUR = "6211", "621102", "621123"
VILLAGE = "621102103201"
AREAS = (
    ("62", "样省", "province"),
    (CITY, "样市", "city"),
    (COUNTY, "样县", "county"),
    ("621102103", "样镇", "township"),
    (VILLAGE, "样村", "village"),
    (NEIGHBOUR, "邻县", "county"),
)
NOW = datetime(2021, 3, 1, 2, tzinfo=UTC)
TODAY = date(2021, 3, 1)
CHARGE = Charge(FUND, 2021, COUNTY)
PAPER = Paper("下达", "样财发〔2021〕1号")
MAKER, CHECKER, FINANCE = "maker", "checker", "finance"
_KEYS = count(1)


def citizen(number: int) -> str:
    """The id number of the person of a number."""
    return CitizenId.of(TEST_ADDRESS, date(1960 + number // 500, 1, 1), "female", number % 500).text


def give(amount: str | int, charge: Charge = CHARGE, tier: str = "province") -> None:
    budgets.give(PACK, charge, tier, Decimal(amount), PAPER, by=FINANCE, now=NOW)


def decision(number: int, amount: str = "500.00", *, key: str = "", period: str = "2021-02") -> Decision:
    """What was decided for the person of a number."""
    subject = Subject(
        REGISTER, number, VILLAGE, f"样例{number}", citizen(number), f"样例{number}", citizen(number), {"group": "一组"}
    )
    return Decision(
        key=key or f"test:{next(_KEYS)}", pack_id=PACK, edition="0" * 64, measure=MEASURE, clause="2/3/p2",
        subject=subject, payee=Payee(f"样例{number}", citizen(number), f"6217{number:012}", "样例银行"),
        amount=Decimal(amount), charge=CHARGE, case=f"case:{number}", decided_by="decider",
        decided_on=date(2021, 2, 28), basis="样人社发〔2021〕5号", period=period,
    )  # fmt: skip


def commit(numbers: Iterable[int], amount: str = "500.00", **more: str) -> list[Commitment]:
    return actions.commit_all([decision(number, amount, **more) for number in numbers], by="decider", now=NOW)


def layout(code: str = "one-card") -> BankLayout:
    return BankLayout.objects.get(code=code)


def listed(area: str = COUNTY, *, corrects: bool = False, code: str = "one-card", period: str = "") -> Batch:
    """A batch with its list, on which nothing is settled yet."""
    wanted = Wanted(PACK, MEASURE, area, period, corrects)
    return listing.fill(listing.ask(wanted, layout(code), by=MAKER, now=NOW).id, NOW)


def settle(batch: Batch) -> Batch:
    """Accept every check that could not be made, and keep every line."""
    waiting = list(
        CheckResult.objects.filter(batch=batch, source="", accepted_by="").values_list("check_id", flat=True)
    )
    if waiting:
        settling.accept(batch.id, waiting, "名单尚未提供", by=MAKER)
    for finding in LineFinding.objects.filter(line__batch=batch, state="open").select_related("line"):
        settling.keep(finding, "已核对", by=MAKER, now=NOW)
    return Batch.objects.get(id=batch.id)


def approved(**more: str | bool) -> Batch:
    """A batch that three people have let pass."""
    batch = settle(listed(**more))  # type: ignore[arg-type] # as `listed` takes them
    stepping.submit(batch.id, by=MAKER, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    return stepping.approve(batch.id, by=FINANCE, now=NOW)


def sent(**more: str | bool) -> Batch:
    """A batch that the bank has."""
    batch = approved(**more)
    bank_files.send(batch.id, by=FINANCE, now=NOW)
    return Batch.objects.select_related("layout").get(id=batch.id)


def returned(batch: Batch, fails: Callable[[Line], bool] = lambda line: False, **change: str) -> bytes:
    """The file of the bank about a batch, as a workbook; `change` gives other cells to its first row, by role."""
    lines = Line.objects.filter(batch=batch).exclude(state="stopped").select_related("payee").order_by("number")
    back = batch.layout.back
    rows = [
        {"number": line.number, "amount": line.amount, "result": "失败" if fails(line) else "成功",
         "reason": "账号不存在" if fails(line) else f"批次 {batch.id}", "account": account_of(line.payee, secrecy())}
        for line in lines
    ]  # fmt: skip
    rows[0] |= change  # type: ignore[arg-type] # cells of a workbook
    return workbook([[back[role] for role in back], *([row[role] for role in back] for row in rows)])


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def take_back(batch: Batch, content: bytes) -> ReturnFile:
    return returning.take_back(
        batch.id, content, "return.xlsx", paid_on=TODAY, due=date(2021, 3, 8), by=FINANCE, now=NOW
    )


def put_on_list(kind: str, *numbers: int, area: str = COUNTY) -> PersonList:
    """A list of another office."""

    of = PersonList.objects.create(
        kind=kind, area=area, source="样例部门", as_of=TODAY, rows=len(numbers), by="tester", at=NOW
    )
    ListedPerson.objects.bulk_create(ListedPerson(list=of, id_index=secrecy().index(citizen(each))) for each in numbers)
    return of
