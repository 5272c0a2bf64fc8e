"""The pages of letters: samples, templates with a second person, numbers, the register, within one's area."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.audit import queries as audit
from luoshi.office.letters import actions, templates
from luoshi.office.letters.actions import Order
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Letter, Template
from luoshi.office.letters.samples import sample
from tests.office.letters.papers import saying, words_of_pdf, words_of_word
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
CITY, COUNTY, OTHER = "3311", "331122", "331123"
KIND = "/letters/kinds/decision/"
GOOD = saying("{{ 标题 }}", "某县版")


def _signed_in(role: str = Role.DEPARTMENT_OFFICER, area: str = COUNTY, name: str = "chen") -> Client:
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


def _upload(client: Client, content: bytes = GOOD, name: str = "决定书.docx") -> object:
    return client.post(f"{KIND}upload/", {"file": SimpleUploadedFile(name, content), "note": "改了抬头"})


def _issued(area: str = COUNTY, key: str = "case:1") -> Letter:
    templates.set_series(Kind.DECISION, area, "样人社发", department="", by="tester")
    order = Order(key=f"{area}/{key}", subject="case:1", area=area)
    return actions.issue(sample(Kind.DECISION), order, by="chen", now=datetime(2026, 3, 16, tzinfo=UTC))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_samples_and_a_default_template(kind: Kind) -> None:
    client = _signed_in(Role.TOWNSHIP_CADRE)
    base = f"/letters/kinds/{kind.value}/"
    pdf, word, default = (client.get(f"{base}{end}/").content for end in ("sample/pdf", "sample/word", "default"))
    assert "编造" in words_of_pdf(pdf) and "编造" in words_of_word(word)
    assert "{{" in words_of_word(default)
    page = client.get(base).content.decode()
    assert str(kind.label) in page and "{{ 标题 }}" in page and "上传改好的模板" not in page


def test_one_uploads_another_approves_and_the_county_uses_it() -> None:
    first, second = _signed_in(), _signed_in(name="li")
    answer = _upload(first)
    template = Template.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/letters/templates/{template.id}/"
    page = first.get(answer["Location"]).content.decode()
    assert "要由另一位同事看过并同意" in page and "同意使用" not in page and "某县版" in page
    refused = first.post(f"/letters/templates/{template.id}/approve/", follow=True).content.decode()
    assert "要由另一位同事同意" in refused
    assert "同意使用" in second.get(f"/letters/templates/{template.id}/").content.decode()
    assert "从现在起使用" in second.post(f"/letters/templates/{template.id}/approve/", follow=True).content.decode()
    assert "某县版" in words_of_word(first.get(f"{KIND}sample/word/").content)
    assert "某县版" in words_of_word(first.get(f"/letters/templates/{template.id}/sample/").content)
    assert "{{标题}}" in words_of_word(first.get(f"/letters/templates/{template.id}/file/").content)
    assert "不再用本地的模板" in second.post(f"{KIND}drop/", follow=True).content.decode()
    assert "某县版" not in words_of_word(first.get(f"{KIND}sample/word/").content)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"x", "打不开"), (saying("{{ 秘密 }}"), "不认识占位符“秘密”"), (saying("没有"), "没有占位符")],
)
def test_a_refused_template_is_told_why(content: bytes, said: str) -> None:
    answer = _upload(_signed_in(), content)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Template.objects.exists()


def test_an_upload_without_a_file_is_told_so() -> None:
    answer = _signed_in().post(f"{KIND}upload/", {})
    assert answer.status_code == 422 and "请选一个 .docx 文件" in answer.content.decode()


def test_words_of_a_template_are_shown_as_text() -> None:
    client = _signed_in()
    _upload(client, saying("{{ 标题 }}", "<script>alert(1)</script>"))
    page = client.get(f"/letters/templates/{Template.objects.get().id}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


def test_a_county_sees_and_approves_no_template_of_its_neighbour() -> None:
    _upload(_signed_in())
    template = Template.objects.get()
    neighbour = _signed_in(area=OTHER, name="wu")
    for end in ("", "file/", "sample/"):
        assert neighbour.get(f"/letters/templates/{template.id}/{end}").status_code == 404
    assert neighbour.post(f"/letters/templates/{template.id}/approve/").status_code == 404
    assert "第 1 版" not in neighbour.get(KIND).content.decode()


def test_a_county_uses_the_template_of_its_city_and_does_not_approve_it() -> None:
    city = _signed_in(Role.CITY_COORDINATOR, CITY, "lin")
    _upload(city)
    template = Template.objects.get()
    county = _signed_in()
    assert "同意使用" not in county.get(f"/letters/templates/{template.id}/").content.decode()
    assert county.post(f"/letters/templates/{template.id}/approve/").status_code == 404
    _signed_in(Role.CITY_COORDINATOR, CITY, "he").post(f"/letters/templates/{template.id}/approve/")
    assert "某县版" in words_of_word(county.get(f"{KIND}sample/word/").content)
    assert f"/letters/templates/{template.id}/" in county.get(KIND).content.decode()


def test_an_office_words_its_numbers() -> None:
    client = _signed_in()
    assert "还没有设代字" in client.get(KIND).content.decode()
    assert "样人社发〔年份〕1号" in client.post(f"{KIND}series/", {"words": "样人社发"}, follow=True).content.decode()
    wrong = client.post(f"{KIND}series/", {"words": "样〔2026〕"})
    assert wrong.status_code == 422 and "不带括号" in wrong.content.decode()
    assert "样人社发" in client.get("/letters/").content.decode()


def test_the_register_lists_finds_and_pages() -> None:
    client = _signed_in()
    assert "还没有开出公文" in client.get("/letters/issued/").content.decode()
    letters = [_issued(key=f"case:{place}") for place in range(51)]
    _issued(OTHER)
    page = client.get("/letters/issued/").content.decode()
    assert letters[-1].check_code in page and "〕1号" not in page and "下一页" in page
    assert "〕1号" in client.get("/letters/issued/?page=2").content.decode()
    found = client.get("/letters/issued/", {"number": "〕7号"}).content.decode()
    assert "〕7号" in found and "〕8号" not in found
    assert "没有这样的公文" in client.get("/letters/issued/", {"kind": "refusal"}).content.decode()
    assert client.get("/letters/issued/", {"kind": "nonsense", "page": "x"}).status_code == 200


def test_a_letter_is_taken_away_again_on_record() -> None:
    letter, client = _issued(), _signed_in(Role.AUDITOR)
    page = client.get(f"/letters/issued/{letter.id}/").content.decode()
    assert letter.number in page and "样例车间" not in page and "作废这份公文" not in page
    for form, read in (("pdf", words_of_pdf), ("word", words_of_word)):
        answer = client.get(f"/letters/issued/{letter.id}/{form}/")
        assert letter.check_code in read(answer.content)
        assert answer["X-Content-Type-Options"] == "nosniff" and "attachment" in answer["Content-Disposition"]
    assert [event.action for event in audit.events("", None, 2)] == ["letter.read"] * 2
    assert client.get(f"/letters/issued/{letter.id}/html/").status_code == 404


def test_a_letter_is_voided_with_a_reason() -> None:
    letter, client = _issued(), _signed_in()
    address = f"/letters/issued/{letter.id}/act/void/"
    assert "写明理由" in client.post(address, {"reason": ""}, follow=True).content.decode()
    assert "已作废" in client.post(address, {"reason": "写错了"}, follow=True).content.decode()
    assert "已作废" in words_of_pdf(client.get(f"/letters/issued/{letter.id}/pdf/").content)


def test_letters_of_the_neighbour_are_not_found() -> None:
    letter, neighbour = _issued(), _signed_in(area=OTHER)
    for end in ("", "pdf/", "word/"):
        assert neighbour.get(f"/letters/issued/{letter.id}/{end}").status_code == 404
    assert neighbour.post(f"/letters/issued/{letter.id}/act/void/", {"reason": "x"}).status_code == 404
    assert letter.number not in neighbour.get("/letters/issued/").content.decode()


def test_a_paper_in_hand_is_checked_also_from_elsewhere() -> None:
    letter, neighbour = _issued(), _signed_in(area=OTHER)
    right = {"number": letter.number, "code": letter.check_code}
    assert "是这里开出的" in neighbour.get("/letters/check/", right).content.decode()
    wrong = neighbour.get("/letters/check/", right | {"code": "0000-0000-0000"}).content.decode()
    assert "没有这样的公文" in wrong
    assert "样例车间" not in neighbour.get("/letters/check/", right).content.decode()
    assert neighbour.get("/letters/check/", {"number": ""}).status_code == 200


@pytest.mark.parametrize("address", ["letters/kinds/nothing/", "letters/kinds/decision/sample/html/"])
def test_what_there_is_not_is_not_found(address: str) -> None:
    assert _signed_in().get(f"/{address}").status_code == 404


def test_a_template_is_a_word_file() -> None:
    client = _signed_in()
    _upload(client)
    answer = client.get(f"/letters/templates/{Template.objects.get().id}/file/")
    assert BytesIO(answer.content).read(2) == b"PK"
    assert "attachment" in answer["Content-Disposition"]
