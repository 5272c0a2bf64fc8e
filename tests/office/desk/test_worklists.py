"""The pages of the worklists: within one's area, by role, without numbers of persons; one flow in a real browser."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from luoshi.office.accounts.roles import Role
from luoshi.office.runs import library
from luoshi.office.runs.models import Run
from luoshi.office.worklists import queries
from luoshi.office.worklists.entitled import entitled
from luoshi.office.worklists.models import Contact, Finding
from tests.office.worklists.place import CITY, PACK, followed_city, signed_in

pytestmark = pytest.mark.usefixtures("database")
HOME, MEASURE = f"/worklists/{PACK}/", "stand-support"


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return followed_city(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture
def cadre(run: Run, client: Client) -> Client:
    """The browser of a department officer of the whole city."""
    return signed_in(client, Role.DEPARTMENT_OFFICER, CITY)


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert "no-store" in answer.headers["Cache-Control"]
    html = answer.content.decode()
    assert not any(mark in html for mark in (" style=", "<style", "<script", " onclick="))
    return html


def _rows(run: Run, area: str = CITY) -> list[tuple[int, str]]:
    found = entitled(run, MEASURE, area, timezone.localdate())
    return [(int(one.subject.id), one.subject.area) for one in found]


def _listed(html: str) -> set[int]:
    return {int(row) for row in re.findall(rf"/documents/{PACK}/stand/(\d+)/", html)}


def _counties(run: Run) -> tuple[str, str]:
    one, other = sorted({area[:6] for _, area in _rows(run) if len(area) >= 6})[:2]
    return one, other


def test_the_first_page_counts_what_waits(run: Run, cadre: Client) -> None:
    html = _page(cadre, "/worklists/")
    counts = queries.check_counts(library.pack(PACK), run, CITY, CITY)
    assert f"<b>{sum(one.open for one in counts.values()):,}</b>" in html
    assert "待办" in html and f'href="{HOME}entitled/"' in html


@pytest.mark.parametrize("address", ["entitled/", f"entitled/{MEASURE}/", "missing/", "findings/"])
def test_lists_show_ones_own_area_only(run: Run, client: Client, address: str) -> None:
    one, other = _counties(run)
    signed_in(client, Role.TOWNSHIP_CADRE, one)
    _page(client, HOME + address)
    assert client.get(HOME + address, {"area": other}).status_code == 404
    assert client.get(HOME + address, {"area": CITY}).status_code == 404


def test_the_list_of_a_measure_names_whom_it_counts(run: Run, cadre: Client) -> None:
    html = _page(cadre, f"{HOME}entitled/{MEASURE}/")
    first = _rows(run)[:50]
    assert _listed(html) == {row for row, _ in first}
    assert "记录联系" in html and "下一页" in html
    following = re.search(r'href="(\?after=\d+)"', html)
    assert following is not None
    assert _listed(_page(cadre, f"{HOME}entitled/{MEASURE}/{following.group(1)}")) == {
        row for row, _ in _rows(run)[50:100]
    }


def test_a_contact_is_recorded_and_who_applied_leaves_the_list(run: Run, cadre: Client) -> None:
    (row, _), *_ = _rows(run)
    address, today = f"{HOME}entitled/{MEASURE}/{row}/", timezone.localdate().isoformat()
    answer = cadre.post(address, {"told_on": today, "how": "phone"})
    assert answer.status_code == 302
    html = _page(cadre, answer.headers["Location"])
    assert "已记下" in html and "电话" in html and row in _listed(html)
    cadre.post(address, {"told_on": today, "how": "phone", "applied_on": today})
    cadre.post(address, {"told_on": today, "how": "phone", "applied_on": today})
    assert row not in _listed(_page(cadre, f"{HOME}entitled/{MEASURE}/"))
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"told_on": "2020-01-01"}, "也要选告知方式"),
        ({"told_on": "2999-01-01", "how": "visit"}, "不能在今天以后"),
        ({"told_on": "昨天", "how": "visit"}, "没有记下"),
        ({"told_on": "2020-01-01", "how": "refused"}, "没有记下"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(run: Run, cadre: Client, given: dict[str, str], told: str) -> None:
    answer = cadre.post(f"{HOME}entitled/{MEASURE}/{_rows(run)[0][0]}/", given, follow=True)
    assert told in answer.content.decode()
    assert not Contact.objects.exists()


def test_nobody_records_a_contact_beyond_their_area(run: Run, client: Client) -> None:
    one, other = _counties(run)
    signed_in(client, Role.TOWNSHIP_CADRE, one)
    theirs = _rows(run, other)[0][0]
    for query in ("", f"?area={other}"):
        assert client.post(f"{HOME}entitled/{MEASURE}/{theirs}/{query}", {}).status_code == 404
    assert client.post(f"{HOME}entitled/{MEASURE}/999999999/", {}).status_code == 404
    assert not Contact.objects.exists()


def test_a_notice_tells_the_list_of_an_area(run: Run, cadre: Client) -> None:
    county, _ = _counties(run)
    address, today = f"{HOME}entitled/{MEASURE}/notice/?area={county}", timezone.localdate().isoformat()
    assert "没有记下" in cadre.post(address, {"on": today}, follow=True).content.decode()
    assert not Contact.objects.exists()
    cadre.post(address, {"on": today, "sure": "on"})
    assert set(Contact.objects.values_list("row_id", "area")) == set(_rows(run, county))


def test_the_visit_list_has_names_and_places_and_no_numbers(run: Run, cadre: Client) -> None:
    county, _ = _counties(run)
    answer = cadre.get(f"{HOME}entitled/visits.xlsx", {"area": county})
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[1][:3] == ["住址（区划）", "对象", "可以享受"]
    assert len([line for line in lines[2:] if line[2] == "展位扶持"]) == len(_rows(run, county)) > 0
    assert not re.search(r"\d{15,}", str(lines))


def test_what_is_missing_leads_to_the_rows_and_to_a_sheet(run: Run, cadre: Client) -> None:
    html = _page(cadre, f"{HOME}missing/")
    for heading in ("要登记的资料", "要人认定的事", "要本地设定的数"):
        assert heading in html
    sums = queries.gap_sums(run, CITY)
    one = next(each for each in sums if each.name.kind == "fact" and each.name.name and each.rows < 500)
    address = f"{HOME}missing/fact/{one.name.register}/{one.name.name}/"
    assert address in html
    page = queries.gap_rows(run, one.name, CITY)
    html = _page(cadre, address)
    for row, _ in page.rows:
        assert f"/documents/{PACK}/{one.name.register}/{row}/" in html
    answer = cadre.get(f"{address}sheet.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    title = library.pack(PACK).registers[one.name.register].fields[one.name.name].title.zh
    assert title in lines[0]
    assert len(lines) == one.rows + 1
    assert {line[lines[0].index(title)] for line in lines[1:]} <= {None, ""}


def test_a_missing_setting_leads_to_its_page(run: Run, cadre: Client) -> None:
    one = next(each for each in queries.gap_sums(run, CITY) if each.name.kind == "parameter")
    html = _page(cadre, f"{HOME}missing/parameter/-/{one.name.name}/")
    assert f"/parameters/{PACK}/{one.name.name}/" in html


@pytest.mark.parametrize("address", ["fact/nothing/name/", "fact/person/nothing/", "x/person/name/", "parameter/-/x/"])
def test_a_thing_that_nobody_can_miss_is_not_found(cadre: Client, address: str) -> None:
    assert cadre.get(f"{HOME}missing/{address}").status_code == 404


def test_a_finding_is_handled_and_checked_again(run: Run, cadre: Client) -> None:
    found = queries.findings(library.pack(PACK), CITY, CITY, check="fees-overdue")[0]
    assert f"{HOME}findings/{found.id}/" in _page(cadre, f"{HOME}findings/?check=fees-overdue")
    address = f"{HOME}findings/{found.id}/"
    assert "请写明理由" in cadre.post(f"{address}handle/", {"state": "no_problem"}, follow=True).content.decode()
    answer = cadre.post(f"{address}handle/", {"state": "looking", "due": "2020-01-31"}, follow=True)
    assert "已保存" in answer.content.decode() and "核查中" in answer.content.decode()
    assert "已过期限" in _page(cadre, f"{HOME}findings/?check=fees-overdue")
    html = cadre.post(f"{address}check/", follow=True).content.decode()
    assert "问题还在" in html
    cadre.post(f"{address}handle/", {"state": "no_problem", "note": "<b>已付</b>"})
    assert "&lt;b&gt;已付" in _page(cadre, address)
    assert address not in _page(cadre, f"{HOME}findings/?check=fees-overdue")
    assert address in _page(cadre, f"{HOME}findings/?check=fees-overdue&shown=closed")


def test_auditors_read_findings_and_village_administrators_do_not(run: Run, client: Client) -> None:
    found = Finding.objects.exclude(area="")[0]
    address = f"{HOME}findings/{found.id}/"
    signed_in(client, Role.AUDITOR, found.area[:6])
    html = _page(client, address)
    assert "重新核对" not in html and 'name="state"' not in html
    assert client.post(f"{address}handle/", {"state": "looking"}).status_code == 403
    signed_in(client, Role.VILLAGE_ADMINISTRATOR, found.area)
    assert client.get(address).status_code == 403
    assert "核查事项" not in _page(client, "/worklists/")


def test_a_finding_of_another_county_is_not_found(run: Run, client: Client) -> None:
    found = Finding.objects.exclude(area="")[0]
    other = next(one.area[:6] for one in Finding.objects.exclude(area="") if not found.area.startswith(one.area[:6]))
    signed_in(client, Role.TOWNSHIP_CADRE, other)
    for path in ("", "handle/", "check/"):
        assert client.post(f"{HOME}findings/{found.id}/{path}").status_code in {404, 405}
    assert client.get(f"{HOME}findings/{found.id}/").status_code == 404


@pytest.mark.parametrize("query", ["?shown=x", "?check=nothing", "?after=x"])
def test_a_list_that_there_is_none_of_is_not_found(cadre: Client, query: str) -> None:
    assert cadre.get(f"{HOME}findings/{query}").status_code == 404


def test_before_the_first_run_the_lists_say_so(run: Run, cadre: Client) -> None:
    Run.objects.filter(id=run.id).update(state=Run.State.FAILED)
    run.refreshed.delete()
    for address in ("/worklists/", f"{HOME}entitled/", f"{HOME}missing/", f"{HOME}findings/"):
        assert "还没有算过" in _page(cadre, address)


def test_a_check_that_finds_too_much_says_what_to_look_at_first(run: Run, cadre: Client) -> None:
    one = queries.findings(library.pack(PACK), CITY, CITY)[0]
    address = f"{HOME}findings/?check={one.check_id}"
    found = queries.check_counts(library.pack(PACK), run, CITY, CITY)[one.check_id]
    assert found.open == found.listed and "请先看原文" not in _page(cadre, address)
    one.delete()
    html = _page(cadre, address)
    assert f"查出 {found.open} 处没有办结，清单里列出 {found.open - 1} 处" in html
    assert f"列出 {found.open - 1}" in _page(cadre, f"{HOME}findings/")
    assert "请先看原文" not in _page(cadre, f"{address}&shown=closed")
