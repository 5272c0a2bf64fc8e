"""Lists as files: whole, with who and why in the first line, harmless as formulas, and for the asker only."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl  # type: ignore[import-untyped] # the library has no types
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import events
from luoshi.office.desk.registers import export_views, jobs
from luoshi.office.desk.registers.exporting import Exporting
from luoshi.office.exchange.exports import actions
from luoshi.office.exchange.exports.models import Export
from tests.office.desk.registers import ground
from tests.office.desk.registers.ground import CITY, LOANED, LOANS, NAMES, ONE, OTHER, PERSONS, citizen_id, signed_in

PURPOSE = "核对年度贴息名单"
pytestmark = pytest.mark.usefixtures("registers", "database")


@pytest.fixture(scope="module")
def registers(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The registers are there, in a database of the module's own."""
    ground.fill(tmp_path_factory.mktemp("ground") / "data")


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A list of ten rows is a long one."""
    monkeypatch.setattr(export_views, "DIRECTLY", 10)
    yield
    for file in actions.folder().iterdir():
        file.unlink()


def exported(client: Client, address: str, form: str, query: str = "", route: str = "export") -> bytes:
    answer = client.post(f"{address}{route}/{query}", {"form": form, "purpose": PURPOSE})
    assert answer.status_code == 200, answer.headers
    return b"".join(answer)


def lines(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))


def test_a_text_file_is_marked_and_says_who_exported_when_and_why() -> None:
    file = exported(signed_in(name="chen"), LOANS, "csv")
    assert file.startswith(b"\xef\xbb\xbf")
    told, head, *rows = lines(file)
    assert "样例（chen）" in told[0] and PURPOSE in told[0] and timezone.localdate().isoformat() in told[0]
    assert head[:5] == ["编号", "名称", "地区代码", "地区", "借款合同号"]
    assert len(rows) == LOANED


def test_a_text_file_runs_nothing() -> None:
    names = {row[0]: row[1] for row in lines(exported(signed_in(), PERSONS, "csv"))[2:]}
    assert names["7"] == "'=1+1"
    assert names["5"] == "𠮷野" and names["4"] == "㐱䶮"


def test_a_workbook_holds_texts_numbers_and_days_as_such() -> None:
    file = exported(signed_in(), LOANS, "xlsx", "?columns=principal.processing_use.bank&sort=-principal")
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    rows: list[Any] = list(sheet.iter_rows(values_only=True))
    assert PURPOSE in rows[0][0]
    assert rows[2][4:] == (119, "否", "银行0") or rows[2][4:] == (119, None, "银行0")
    assert len(rows) == LOANED + 2
    people = openpyxl.load_workbook(io.BytesIO(exported(signed_in(), PERSONS, "xlsx"))).active
    cell = next(cell for cell in people["B"] if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_a_table_for_programs_has_the_types_of_the_register() -> None:
    table = pq.read_table(io.BytesIO(exported(signed_in(), PERSONS, "parquet", "?columns=sex.birth_date.household")))
    assert [str(each) for each in table.schema.types[4:]] == ["string", "date32[day]", "int64"]
    assert PURPOSE in table.schema.metadata[b"exported"].decode()
    assert table["id"].to_pylist() and len(table) == len(NAMES)


def test_a_file_is_the_list_of_the_page() -> None:
    rows = lines(exported(signed_in(), LOANS, "csv", f"?area={ONE}&is.processing_use=yes&columns=bank"))
    assert len(rows) == 2 + 40 and len(rows[1]) == 5


def test_numbers_are_masked_unless_the_role_may_and_says_why() -> None:
    client = signed_in(Role.FINANCE_OFFICER)
    assert citizen_id(2).encode() not in exported(client, PERSONS, "csv")
    assert citizen_id(2).encode() in exported(client, PERSONS, "csv", route="export-unmasked")
    event = events(CITY)[0]
    assert event.action == "export.ask" and event.details["masked"] is False and event.details["rows"] == len(NAMES)
    assert event.details["purpose"] == PURPOSE
    cadre = signed_in(Role.TOWNSHIP_CADRE)
    assert cadre.post(f"{PERSONS}export-unmasked/", {"form": "csv", "purpose": PURPOSE}).status_code == 403


def test_the_log_knows_what_was_asked_and_no_value() -> None:
    client = signed_in()
    found = client.post(PERSONS, {"q": "张三丰", "has.name": "张三"}).headers["Location"]
    exported(client, PERSONS, "csv", "?" + found.partition("?")[2])
    event = events(CITY)[0]
    assert event.details["filters"] == ["name contains", "search"]
    assert "张" not in str(event)


@pytest.mark.parametrize(
    "given", [{"form": "csv"}, {"form": "csv", "purpose": "看看"}, {"form": "csv", "purpose": "   x   "}]
)
def test_without_a_purpose_there_is_no_file(given: dict[str, str]) -> None:
    answer = signed_in().post(f"{LOANS}export/", given)
    assert answer.status_code == 302
    assert not Export.objects.exists()


def test_only_known_forms_are_written() -> None:
    assert signed_in().post(f"{LOANS}export/", {"form": "exe", "purpose": PURPOSE}).status_code == 400


def test_a_county_exports_its_own_only() -> None:
    client = signed_in(Role.DEPARTMENT_OFFICER, OTHER)
    assert len(lines(exported(client, LOANS, "csv"))) == 2 + 40
    assert client.post(f"{LOANS}export/?area={ONE}", {"form": "csv", "purpose": PURPOSE}).status_code == 404


def asked(client: Client, query: str = "") -> Export:
    answer = client.post(f"{LOANS}export/{query}", {"form": "csv", "purpose": PURPOSE})
    assert answer.headers["Location"] == "/registers/exports/"
    return Export.objects.latest("id")


def test_a_long_list_is_written_by_a_job_and_fetched_by_the_asker_alone(at_work: None) -> None:
    client = signed_in()
    export = asked(client, "?is.processing_use=?")
    page = client.get("/registers/exports/").content.decode()
    assert "看最新进度" in page
    address = f"/registers/exports/{export.id}/"
    assert client.get(address).status_code == 404
    jobs.write_export(export.id)
    assert address in client.get("/registers/exports/").content.decode()
    answer = client.get(address)
    assert len(lines(b"".join(answer))) == 2 + 40
    assert "no-store" in answer.headers["Cache-Control"]
    assert signed_in().get(address).status_code == 404
    assert {"export.ask", "export.finish", "export.fetch"} <= {event.action for event in events(CITY)}
    jobs.write_export(export.id)
    assert Export.objects.get(id=export.id).state == "done", "asked twice, written once"


def test_who_has_another_area_now_gets_no_file(at_work: None) -> None:
    client = signed_in(Role.DEPARTMENT_OFFICER, ONE)
    waiting, done = asked(client), asked(client)
    jobs.write_export(done.id)
    done.user.appointments.update(area=OTHER)
    jobs.write_export(waiting.id)
    assert Export.objects.get(id=waiting.id).state == "failed"
    assert client.get(f"/registers/exports/{done.id}/").status_code == 403


def test_a_file_is_gone_after_a_week(at_work: None) -> None:
    client = signed_in()
    export = asked(client)
    jobs.write_export(export.id)
    actions.expire(timezone.now() + timedelta(days=6))
    assert b"".join(client.get(f"/registers/exports/{export.id}/"))
    assert actions.expire(timezone.now() + timedelta(days=8)) == 1
    assert client.get(f"/registers/exports/{export.id}/").status_code == 404
    assert not list(actions.folder().iterdir())
    assert "已过期删除" in client.get("/registers/exports/").content.decode()


def test_a_file_that_could_not_be_written_is_not_there(at_work: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    export = asked(client)
    monkeypatch.setattr(Exporting, "write", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.write_export(export.id)
    assert Export.objects.get(id=export.id).state == "failed"
    assert not list(actions.folder().iterdir())
    assert "没有成功" in client.get("/registers/exports/").content.decode()
