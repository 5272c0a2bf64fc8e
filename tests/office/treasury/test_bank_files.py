"""Files for banks and files from them: what stands in them, and what is not taken."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from luoshi.office.database.secrecy import Tampered
from luoshi.office.treasury import actions, bank_files, layouts, settling, stepping
from luoshi.office.treasury.errors import ListChanged, NoReason, SamePerson, WrongFile, WrongStep
from luoshi.office.treasury.layouts import Shape
from luoshi.office.treasury.models import BankFile, BankLayout, Batch, Line, ReturnFile
from luoshi.office.treasury.sealing import open_file
from tests.office.treasury.place import (
    CHECKER,
    FINANCE,
    MAKER,
    NOW,
    TODAY,
    approved,
    citizen,
    commit,
    decision,
    give,
    layout,
    listed,
    returned,
    sent,
    settle,
    take_back,
    workbook,
)

pytestmark = pytest.mark.usefixtures("ground", "database")
ROSTER = (
    "排序序号 户主姓名 户主身份证号 收款人姓名 收款人身份证号 银行账号 开户银行 村(居)委会 村(居)民小组 享受人"
    " 享受人身份证号 联系电话 务工地点 乘坐交通工具 补贴标准 补贴金额 填报日期 备注"
).split()


def content(batch: Batch) -> bytes:
    return bank_files.fetch(BankFile.objects.get(batch=batch), "送银行", by=FINANCE)


def sheet(file: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(file)).active.values)


def test_the_roster_has_its_eighteen_columns() -> None:
    give(1000)
    commit([1, 2])
    rows = sheet(content(sent()))
    name, number = "样例1", citizen(1)
    assert rows[0] == tuple(ROSTER)
    assert rows[1] == (
        1, name, number, name, number, "6217000000000001", "样例银行", "样镇样村", "一组", name, number,
        "", "", "", "", 500, "2021-03-01", "",
    )  # fmt: skip
    assert len(rows) == 3


def test_a_text_file_ends_with_its_control_totals() -> None:
    give(1000)
    commit([1, 2])
    text = content(sent(code="plain")).decode("gb18030").split("\r\n")
    assert text[0] == "序号,账号,户名,金额,摘要"
    assert text[1] == "1,6217000000000001,样例1,500.00,"
    assert text[3:] == ["合计,,2,1000.00,", ""]


def test_nothing_in_a_file_is_a_formula() -> None:
    give(1000)
    for code in ("one-card", "plain"):
        bad = decision(1, period=code)
        named = replace(bad, payee=replace(bad.payee, name="=HYPERLINK(1)", bank="@x"))
        actions.commit(named, by="decider", now=NOW)
        file = content(sent(code=code))
        if code == "plain":
            assert "'=HYPERLINK(1)" in file.decode("gb18030")
        else:
            cells = [cell for row in openpyxl.load_workbook(io.BytesIO(file)).active for cell in row]
            assert [cell.data_type for cell in cells if cell.value in ("=HYPERLINK(1)", "@x")] == ["s", "s"]


def test_a_file_is_made_once_and_kept_sealed() -> None:
    give(500)
    commit([1])
    batch = sent()
    kept = BankFile.objects.get()
    assert citizen(1).encode() not in bytes(kept.closed_content)
    assert bank_files.send(batch.id, by="other", now=NOW).id == kept.id
    assert content(batch) == content(batch)
    with pytest.raises(NoReason):
        bank_files.fetch(kept, " ", by=FINANCE)
    with pytest.raises(DatabaseError), transaction.atomic():
        BankFile.objects.update(total=1)
    changed = bytearray(bytes(kept.closed_content))
    changed[40] ^= 1
    with pytest.raises(Tampered):
        open_file(bytes(changed), bank_files.secrecy())


def test_a_stopped_line_is_in_no_file() -> None:
    give(1000)
    commit([1, 2])
    batch = listed()
    settling.stop(Line.objects.get(number=1), "停发", by=MAKER, now=NOW)
    settle(batch)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    with pytest.raises(WrongStep):
        bank_files.send(batch.id, by=FINANCE, now=NOW)
    stepping.approve(batch.id, by=FINANCE, now=NOW)
    bank_files.send(batch.id, by=FINANCE, now=NOW)
    assert [row[0] for row in sheet(content(batch))[1:]] == [2]


def test_a_list_that_is_not_what_was_checked_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    give(500)
    commit([1])
    batch = approved()
    Batch.objects.filter(id=batch.id)
    real = bank_files.totals_of
    monkeypatch.setattr(bank_files, "totals_of", lambda of: replace(real(of), digest="0" * 64))
    with pytest.raises(ListChanged):
        bank_files.send(batch.id, by=FINANCE, now=NOW)


HEAD = ["排序序号", "补贴金额", "处理结果", "失败原因"]
GOOD = [[1, 500, "成功", ""], [2, 500, "失败", "销户"]]


@pytest.mark.parametrize(
    ("rows", "reason", "row"),
    [
        ([HEAD, GOOD[0]], "missing", None),
        ([HEAD, *GOOD, [3, 500, "成功", ""]], "unknown", 4),
        ([HEAD, GOOD[0], GOOD[0]], "twice", 3),
        ([HEAD, GOOD[0], [2, "500.01", "成功", ""]], "amount", 3),
        ([HEAD, GOOD[0], [2, "五百", "成功", ""]], "money", 3),
        ([HEAD, GOOD[0], ["二", 500, "成功", ""]], "number", 3),
        ([HEAD, GOOD[0], [2, 500, " ", ""]], "result", 3),
        ([HEAD, *GOOD, ["合计", "999.99", "", ""]], "total", 4),
        ([HEAD[:2], [1, 500], [2, 500]], "column", 1),
        ([[*HEAD, "银行账号"], [*GOOD[0], "6217000000000001"], [*GOOD[1], "6217000000000009"]], "account", 3),
        ([], "unreadable", None),
    ],
)
def test_a_file_with_anything_wrong_is_refused_whole(rows: list[list[object]], reason: str, row: int | None) -> None:
    give(1000)
    commit([1, 2])
    batch = sent()
    with pytest.raises(WrongFile) as wrong:
        take_back(batch, workbook(rows))
    assert (wrong.value.reason, wrong.value.row) == (reason, row)
    assert set(Line.objects.values_list("state", flat=True)) == {"sent"}
    assert not ReturnFile.objects.exists()
    taken = take_back(batch, workbook([HEAD, *GOOD, ["合计", "1,000.00", "", ""]]))
    assert (taken.paid, taken.paid_total, taken.failed, taken.failed_total) == (1, 500, 1, 500)


def test_a_text_file_comes_back_in_the_encoding_of_the_bank() -> None:
    give(1000)
    commit([1, 2])
    batch = sent(code="plain")
    text = "序号,金额,处理结果,失败原因\r\n1,500.00,成功,\r\n2,500.00,失败,户名不符\r\n"
    take_back(batch, text.encode("gb18030"))
    assert Line.objects.get(number=2).problem == "户名不符"


def test_a_file_twice_changes_nothing_and_another_is_too_late() -> None:
    give(500)
    commit([1])
    batch = sent()
    file = returned(batch)
    first = take_back(batch, file)
    assert take_back(batch, file).id == first.id
    with pytest.raises(WrongStep):
        take_back(batch, returned(batch, lambda line: True))


def test_the_file_of_one_batch_is_not_taken_for_another() -> None:
    give(1000)
    commit([1])
    one = sent()
    plain = workbook([HEAD, GOOD[0]])
    take_back(one, plain)
    commit([2])
    with pytest.raises(WrongFile) as wrong:
        take_back(sent(), plain)
    assert wrong.value.reason == "another batch"


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04broken", b"<html>", b"\xff" * 50])
def test_what_is_no_table_is_not_taken(wrong: bytes) -> None:
    give(500)
    commit([1])
    with pytest.raises(WrongFile):
        take_back(sent(), wrong)


SHAPE = Shape(
    title="样例银行", form="text", separator="|", encoding="utf-8",
    columns=[("number", "No"), ("account", "Account"), ("amount", "Sum")], has_header=True, has_control=False,
    back={"number": "No", "amount": "Sum", "result": "Code"}, paid_words=["0000"],
)  # fmt: skip


def test_an_office_has_a_layout_of_its_own() -> None:
    drafted = layouts.draft("own", SHAPE, by=FINANCE)
    assert "own" not in {one.code for one in layouts.list_in_use(TODAY)}
    with pytest.raises(SamePerson):
        layouts.use(drafted.id, TODAY, by=FINANCE)
    layouts.use(drafted.id, TODAY, by=CHECKER)
    assert layouts.find_in_use("own", TODAY - timedelta(days=1)) is None
    give(500)
    commit([1])
    batch = sent(code="own")
    assert content(batch).decode() == "No|Account|Sum\r\n1|6217000000000001|500.00\r\n"
    take_back(batch, b"No,Sum,Code\n1,500,0000\n")
    assert Line.objects.get().state == "paid"


def test_a_layout_in_use_stays_and_a_newer_one_follows_on_its_day() -> None:
    first = layouts.use(layouts.draft("own", SHAPE, by=FINANCE).id, TODAY, by=CHECKER)
    with pytest.raises(WrongStep):
        layouts.change(first.id, SHAPE, by=FINANCE)
    with pytest.raises(WrongStep):
        layouts.use(first.id, TODAY, by=CHECKER)
    with pytest.raises(DatabaseError), transaction.atomic():
        BankLayout.objects.filter(id=first.id).update(title="other")
    draft = layouts.draft("own", SHAPE, by=FINANCE)
    with pytest.raises(DatabaseError), transaction.atomic():
        BankLayout.objects.filter(id=draft.id).update(start=TODAY, confirmed_by=FINANCE)
    changed = layouts.change(draft.id, replace(SHAPE, title="另一格式"), by=MAKER)
    second = layouts.use(changed.id, TODAY + timedelta(days=1), by=FINANCE)
    assert (first.number, second.number, second.made_by) == (1, 2, MAKER)
    assert layouts.find_in_use("own", TODAY) == first
    assert layouts.find_in_use("own", TODAY + timedelta(days=1)) == second


def test_a_layout_is_tried_on_a_batch_with_masked_numbers() -> None:
    give(500)
    commit([1])
    shown = layouts.preview(layout(), approved())
    assert shown[0][0] == 1 and shown[0][1] == "样例1"
    assert citizen(1) not in str(shown) and "6217000000000001" not in str(shown)


@pytest.mark.parametrize(
    "change",
    [
        lambda: replace(SHAPE, columns=[("number", "No"), ("amount", "Sum")]),
        lambda: replace(SHAPE, columns=[*SHAPE.columns, ("secret", "x")]),
        lambda: replace(SHAPE, back={"number": "No", "amount": "Sum"}),
        lambda: replace(SHAPE, paid_words=[]),
    ],
)
def test_a_layout_that_does_not_suffice_is_not_used(change: Callable[[], Shape]) -> None:
    drafted = layouts.draft("own", change(), by=FINANCE)
    with pytest.raises(WrongFile):
        layouts.use(drafted.id, TODAY, by=CHECKER)
    assert layouts.find_in_use("own", TODAY) is None
