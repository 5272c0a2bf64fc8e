"""The policy library as a browser without scripts goes through it."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.editions.models import Activation, Edition
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library, proving
from luoshi.office.runs.models import Run
from tests.office.editions.packing import PACK, files_with, zipped
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")

CITY, COUNTY, ELSEWHERE = "3311", "331122", "6211"
DOUBLED = ("  amount: $new_worker_award_sum", "  amount: $new_worker_award_sum * 2")
SECOND = f"/library/{PACK}/2/"


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    """The pack is installed and adopted, with tables and without rows."""
    build([library.shipped(PACK)])
    actions.install(PACK, actions.Adoption(date(2023, 1, 1), "丽政发〔2023〕1号"), by="tester")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
            " VALUES ('3311', '样例市', 'city', '3311', 'test', 'tester')"
        )


def _user(name: str, role: str = Role.CITY_COORDINATOR, area: str = CITY) -> User:
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return user


def _client(name: str, role: str = Role.CITY_COORDINATOR, area: str = CITY) -> Client:
    return let_in(Client(), _user(name, role, area))


def _upload(client: Client, content: bytes | None = None, name: str = "pack.zip") -> str:
    """The page after an upload, where it leads."""
    archive = SimpleUploadedFile(name, content if content is not None else zipped(files_with(*DOUBLED)).getvalue())
    answer = client.post("/library/upload/", {"archive": archive, "note": "奖励加倍"}, follow=True)
    return str(answer.content.decode())


def _prove(number: int = 2) -> Edition:
    edition = Edition.objects.get(pack_id=PACK, number=number)
    proving.prove(edition.id, timezone.localdate())
    edition.refresh_from_db()
    return edition


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_the_library_shows_each_policy_with_its_editions() -> None:
    html = _page(_client("chen"), "/library/")
    assert "随软件提供" in html and "自装入起" in html and "现行" in html
    assert "上传新版" in html and f"/library/{PACK}/1/" in html


def test_where_nothing_is_it_says_so() -> None:
    html = _page(_client("far", area=ELSEWHERE), "/library/")
    assert "您的辖区里还没有政策" in html
    assert PACK not in html


def test_an_upload_waits_is_looked_at_and_is_activated_by_somebody_else() -> None:
    first, second = _client("chen"), _client("li", Role.DEPARTMENT_OFFICER)
    html = _upload(first)
    assert "已收下" in html and "正在检查" in html and "hx-get" in html
    assert _prove().state == Edition.State.CHECKED
    html = _page(first, SECOND)
    assert "没有发现问题" in html and "要由另一位同事起用" in html and "hx-get" not in html
    today = timezone.localdate().isoformat()
    refused = first.post(f"{SECOND}activate/", {"start": today}, follow=True).content.decode()
    assert "上传人不能起用自己上传的版本" in refused and not Activation.objects.filter(edition__number=2).exists()
    done = second.post(f"{SECOND}activate/", {"start": today, "basis": "丽政发〔2026〕1号"}, follow=True)
    assert "已起用" in done.content.decode()
    assert library.pack(PACK).hash == Edition.objects.get(number=2).digest
    assert Run.objects.filter(pack_id=PACK, on=timezone.localdate(), state=Run.State.WAITING).count() == 1
    second.post(f"{SECOND}activate/", {"start": today, "basis": "丽政发〔2026〕1号"})
    assert Activation.objects.filter(edition__number=2).count() == 1
    html = _page(second, "/library/")
    assert html.index("现行") < html.index("已被替代")


def test_it_can_be_withdrawn_before_its_day() -> None:
    client = _client("chen")
    _upload(client)
    _prove()
    assert "已撤回" in client.post(f"{SECOND}withdraw/", follow=True).content.decode()
    assert "已经作过依据" in client.post(f"/library/{PACK}/1/withdraw/", follow=True).content.decode()


@pytest.mark.parametrize("start", ["", "2026-02-30", "tomorrow", "2001-01-01"])
def test_a_day_that_is_none_or_has_passed_changes_nothing(start: str) -> None:
    _upload(_client("chen"))
    _prove()
    answer = _client("li").post(f"{SECOND}activate/", {"start": start}, follow=True)
    assert 'class="warning"' in answer.content.decode()
    assert not Activation.objects.filter(edition__number=2).exists()


def test_what_is_wrong_is_shown_at_its_line() -> None:
    client = _client("chen")
    _upload(
        client, zipped(files_with("value: workers_year >= $scale_workers", "value: workers_year >= $none")).getvalue()
    )
    _prove()
    html = _page(client, SECOND)
    assert "1-opinions.md:" in html and "value: workers_year &gt;= $none" in html and "检查通过后才能起用" in html
    assert "Traceback" not in html


def test_the_same_files_twice_lead_to_the_edition_there_is() -> None:
    client = _client("chen")
    _upload(client)
    html = _upload(client)
    assert "同样的文件已经是第 2 版" in html and SECOND in html
    assert Edition.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip", "不是完好的 zip"),
        (zipped({"policy.yaml": b"", "../1-x.md": b""}, "").getvalue(), "指向文件夹以外"),
        (zipped({"1-x.md": b""}).getvalue(), "正好有一个 policy.yaml"),
        (zipped({"policy.yaml": b"", "1-x.md": b"0" * 5_000_000}).getvalue(), "太大"),
        (zipped(files_with('jurisdiction: "3311"', 'jurisdiction: "3301"', "policy.yaml")).getvalue(), "管辖范围"),
        (zipped(files_with("id: lishui-draft", "id: audit", "policy.yaml")).getvalue(), "系统自用"),
        (zipped({"policy.yaml": b"id: ["}).getvalue(), "policy.yaml 读不懂"),
    ],
)
def test_an_upload_that_is_refused_says_why_and_keeps_nothing(content: bytes, said: str) -> None:
    html = _upload(_client("chen"), content)
    assert said in html and 'role="alert"' in html
    assert Edition.objects.count() == 1


def test_nothing_chosen_and_both_chosen_are_refused() -> None:
    client = _client("chen")
    assert "请选一个 zip 文件" in client.post("/library/upload/", {"note": ""}).content.decode()
    both = {"archive": SimpleUploadedFile("a.zip", b"x"), "folder": [SimpleUploadedFile("policy.yaml", b"x")]}
    assert "只选一样" in client.post("/library/upload/", both).content.decode()


def test_a_folder_comes_with_the_paths_that_the_script_names() -> None:
    client, files = _client("chen"), files_with(*DOUBLED)
    folder = [SimpleUploadedFile(name, content) for name, content in files.items()]
    paths = json.dumps([f"政策/{name}" for name in files])
    html = client.post("/library/upload/", {"folder": folder, "paths": paths}, follow=True).content.decode()
    assert "已收下 2 个文件" in html


@pytest.mark.parametrize("paths", ["", "[]", "{", '["a"]', "[1, 2]"])
def test_without_its_paths_a_folder_is_refused(paths: str) -> None:
    folder = [SimpleUploadedFile(name, content) for name, content in files_with(*DOUBLED).items()]
    html = _client("chen").post("/library/upload/", {"folder": folder, "paths": paths}).content.decode()
    assert "请改用 zip 上传" in html


def test_two_editions_are_laid_side_by_side() -> None:
    client = _client("chen")
    _upload(client)
    html = _page(client, f"{SECOND}difference/1/")
    assert "<ins> × 2</ins>" in html and "全勤与用工奖励金额" in html
    assert "两版的条文和规则相同" in _page(client, f"{SECOND}difference/2/")


def test_an_edition_is_downloaded_as_it_can_be_uploaded() -> None:
    client = _client("chen")
    _upload(client)
    content = client.get(f"{SECOND}download/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{PACK}/{name}": text for name, text in files_with(*DOUBLED).items()
        }
    assert "同样的文件已经是第 2 版" in _upload(client, content)


def test_its_text_is_read_as_a_page_and_is_no_markup() -> None:
    client = _client("chen")
    evil = "<script>alert(1)</script> <b>x</b> [x](javascript:alert(1)) ![x](http://elsewhere/x.png)\n\n手段有四"
    _upload(client, zipped(files_with("手段有四", evil)).getvalue())
    html = _page(client, f"{SECOND}text/1-opinions/")
    assert "<script>alert" not in html and "&lt;script&gt;" in html and "<b>x</b>" not in html
    assert 'href="javascript' not in html and "<img" not in html
    assert "<figcaption>规范</figcaption>" in html
    assert client.get(f"{SECOND}text/2-none/").status_code == 404
    assert client.get(f"{SECOND}text/..%2Fpolicy/").status_code == 404


def test_a_county_sees_its_citys_editions_and_changes_none() -> None:
    _upload(_client("chen"))
    _prove()
    county = _client("county", Role.DEPARTMENT_OFFICER, COUNTY)
    assert "起用这一版" not in _page(county, SECOND)
    for act in ("activate", "withdraw", "again"):
        assert county.post(f"{SECOND}{act}/", {"start": "2030-01-01"}).status_code == 404
    assert "管辖范围" in _upload(county, zipped(files_with("手段有四", "手段有五")).getvalue())


def test_another_city_finds_nothing() -> None:
    far = _client("far", area=ELSEWHERE)
    for address in ("", "difference/1/", "text/1-opinions/", "download/"):
        assert far.get(f"/library/{PACK}/1/{address}").status_code == 404
    assert far.post(f"/library/{PACK}/1/activate/", {"start": "2030-01-01"}).status_code == 404


def test_an_auditor_only_looks() -> None:
    client = _client("auditor", Role.AUDITOR)
    assert "上传新版" not in _page(client, "/library/")
    assert "起用这一版" not in _page(client, f"/library/{PACK}/1/")
    assert client.get("/library/upload/").status_code == 403
    assert client.post(f"/library/{PACK}/1/activate/").status_code == 403


def test_changes_need_a_form() -> None:
    client = _client("chen")
    for act in ("activate", "withdraw", "again"):
        assert client.get(f"/library/{PACK}/1/{act}/").status_code == 405


def test_pages_have_nothing_inline_and_are_in_both_languages() -> None:
    client = _client("chen")
    _upload(client)
    client.post("/language/", {"language": "en", "next": "/"})
    for address in ("/library/", "/library/upload/", SECOND, f"{SECOND}difference/1/", f"{SECOND}text/1-opinions/"):
        html = _page(client, address)
        assert not any(mark in html for mark in (" style=", "<style", "<script>", " onclick="))


def test_a_draft_that_was_adopted_is_not_shown_as_one() -> None:
    html = _page(_client("chen"), f"/documents/{PACK}/1/")
    assert '<span class="tag fine">已采用</span>' in html
    assert '<span class="tag open">征求意见稿</span>' not in html
    assert "自 2023-01-01 起作为办理依据：丽政发〔2023〕1号" in html
