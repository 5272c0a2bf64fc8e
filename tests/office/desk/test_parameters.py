"""The pages of local values: what is missing, setting one by two people, ending it, and nobody beyond their area."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.roles import Role
from luoshi.office.attachments.models import Attachment
from luoshi.office.audit import queries as audit
from luoshi.office.desk.parameters.units import number_typed, number_written
from luoshi.office.runs import actions, library, local
from luoshi.office.runs.models import LocalSetting, Preview, Run
from tests.office.desk.local_values import (
    CITY,
    COUNTY,
    HOME,
    NAME,
    OTHER,
    PDF,
    drafted,
    sent,
    signed_in,
    step,
    text,
    tried,
)
from tests.office.runs.city import PACK, install_city

ON = date(2023, 12, 31)
State = LocalSetting.State

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small city with one run, and no value set by anybody, for all tests of this file."""
    install_city(tmp_path_factory.mktemp("city") / "data")
    LocalSetting.objects.all().delete()
    with transaction.atomic():
        return actions.carry_out(actions.ask(PACK, ON, by="tester").id)


@pytest.fixture
def maker(database: None) -> Client:
    return signed_in(Role.DEPARTMENT_OFFICER, COUNTY, "maker")


@pytest.fixture
def checker(database: None) -> Client:
    return signed_in(Role.FINANCE_OFFICER, COUNTY, "checker")


def test_what_nobody_has_set_is_listed(maker: Client) -> None:
    assert maker.get("/parameters/").headers["Location"] == HOME
    page = text(maker.get(HOME))
    assert "贴息占利息支出的比例" in page and "50% 到 100%，每 1% 一档" in page
    for show in ("set", "text", "waiting", "readings"):
        text(maker.get(HOME, {"show": show}))
    assert "罚息是否计入利息支出" in text(maker.get(HOME, {"show": "readings"}))
    assert maker.get(HOME, {"show": "other"}).status_code == 404


def test_a_page_says_what_the_text_says_and_what_rests_on_it(maker: Client) -> None:
    page = text(maker.get(f"{HOME}{NAME}/"))
    for words in ("没有值", "市级", "财政部门的贴息办法", "50% 到 100%", "还没有设定过", "loan-interest"):
        assert words in page or words == "loan-interest"
    measure = library.pack(PACK).measures
    assert re.findall(rf'href="/documents/{PACK}/measures/([\w-]+)/"', page)[0] in measure


def test_a_value_is_set_by_two_and_shown_everywhere(maker: Client, checker: Client) -> None:
    setting = tried(drafted(maker), really=True)
    page = text(maker.get(f"/local-values/{setting.id}/"))
    assert "提交复核" in page and "新增符合" in page and "样财〔2023〕1号" in page
    assert checker.get(f"/local-values/{setting.id}/").status_code == 404
    step(maker, setting, "submit")
    assert setting.state == State.PROPOSED
    assert "同意，生效" not in text(maker.get(f"/local-values/{setting.id}/"))
    assert "同意，生效" in text(checker.get(f"/local-values/{setting.id}/"))
    assert "待复核 1" in text(checker.get(HOME, {"show": "waiting"}))
    step(maker, setting, "confirm")
    assert setting.state == State.PROPOSED
    runs = Run.objects.count()
    step(checker, setting, "confirm")
    step(checker, setting, "confirm")
    assert (setting.state, setting.confirmed_by) == (State.SET, "checker")
    assert Run.objects.count() == runs + 1
    page = text(maker.get(f"{HOME}{NAME}/"))
    assert "60%" in page and "本地已设定" in page and "复核：checker" in page
    assert "60%" in text(maker.get(f"/documents/{PACK}/1/"))
    assert "parameter.set" in [event.action for event in audit.events(COUNTY)]


def test_somebody_below_sees_whose_value_holds(maker: Client, checker: Client) -> None:
    setting = tried(drafted(maker))
    step(maker, setting, "submit")
    step(checker, setting, "confirm")
    township = Client()
    town = signed_in(Role.TOWNSHIP_CADRE, "331122101")
    page = text(town.get(f"{HOME}{NAME}/"))
    assert "60%" in page and "沿用" in page and "/attachments/" not in page and "/set/" not in page
    assert town.get(f"/local-values/{setting.id}/").status_code == 404
    assert town.get(f"{HOME}{NAME}/set/").status_code == 403
    assert township.get(f"{HOME}{NAME}/").status_code == 302


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"value": "49.99"}, "规定：50% 到 100%，每 1% 一档"),
        ({"value": "100.01"}, "您填的是 100.01%"),
        ({"value": "50.5"}, "每 1% 一档"),
        ({"value": "很多"}, "不是数字"),
        ({"value": ""}, 'role="alert"'),
        ({"value": "Infinity"}, "不是数字"),
        ({"value": "60.12345"}, "小数太多"),
        ({"area": OTHER}, 'role="alert"'),
        ({"area": CITY}, 'role="alert"'),
        ({"start": "2023-02-30"}, 'role="alert"'),
        ({"start": "0001-01-01"}, "核对年份"),
        ({"document_date": "2999-01-01"}, "今天以后"),
        ({"document": ""}, 'role="alert"'),
        ({"file": None}, 'role="alert"'),
        ({"file": SimpleUploadedFile("办法.pdf", b"MZ a program")}, "不是 PDF"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(maker: Client, other: dict[str, object], said: str) -> None:
    page = text(maker.post(f"{HOME}{NAME}/set/", sent(**other)))
    assert said in page
    assert not LocalSetting.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize("value", ["50", "100", "１００", "75 %", "60.00"])
def test_numbers_are_read_as_people_type_them(maker: Client, value: str) -> None:
    assert drafted(maker, value=value).state == State.DRAFTED


@pytest.mark.parametrize(
    ("name", "typed", "written"),
    [
        ("interest_share", "7.75", "0.0775"),
        ("interest_share", "0", "0"),
        ("product_award_sum", "12,000.50", "12000.5"),
        ("product_award_sum", "１２", "12"),
        ("excellent_counties", "100", "100"),
    ],
)
def test_a_rate_is_typed_in_percent(name: str, typed: str, written: str) -> None:
    item = library.pack(PACK).parameters[name]
    assert number_written(item, typed) == written
    assert number_written(item, number_typed(item, written)) == written


def test_sent_twice_is_sent_once(maker: Client) -> None:
    first = drafted(maker)
    second = drafted(maker)
    assert first == second
    assert (LocalSetting.objects.count(), Attachment.objects.count(), Preview.objects.count()) == (1, 1, 1)


def test_a_refusal_needs_a_reason(maker: Client, checker: Client) -> None:
    setting = tried(drafted(maker))
    step(maker, setting, "submit")
    assert 'role="alert"' in text(step(checker, setting, "refuse", reason=" "))
    assert setting.state == State.PROPOSED
    step(checker, setting, "refuse", reason="文号不对")
    assert setting.state == State.REFUSED
    assert "文号不对" in text(maker.get(f"{HOME}{NAME}/"))
    assert local.settings_of(library.pack(PACK), ON).value(NAME, COUNTY) is None


def test_finance_confirms_and_does_not_draw_up(checker: Client, maker: Client) -> None:
    assert checker.get(f"{HOME}{NAME}/set/").status_code == 403
    assert "/set/" not in text(checker.get(f"{HOME}{NAME}/"))
    assert step(checker, drafted(maker), "submit").status_code == 404


def test_a_county_sees_nothing_of_its_neighbour(maker: Client) -> None:
    setting = tried(drafted(maker))
    step(maker, setting, "submit")
    for other in (signed_in(Role.DEPARTMENT_OFFICER, OTHER), signed_in(Role.FINANCE_OFFICER, "6211")):
        for address in (f"/local-values/{setting.id}/", f"/local-values/{setting.id}/progress/"):
            assert other.get(address).status_code == 404
        assert step(other, setting, "confirm").status_code == 404
        assert other.get(f"/attachments/{setting.file_id}/").status_code == 404
    page = text(signed_in(Role.AUDITOR, OTHER).get(f"{HOME}{NAME}/"))
    assert "样财〔2023〕1号" not in page
    assert setting.state == State.PROPOSED


def test_a_paper_is_handed_out_to_be_saved(maker: Client) -> None:
    setting = drafted(maker)
    answer = maker.get(f"/attachments/{setting.file_id}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined] # a file answer streams
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert audit.events(COUNTY)[0].action == "attachment.read"


def test_a_value_is_ended_from_today_on_with_a_reason(maker: Client, checker: Client) -> None:
    setting = tried(drafted(maker))
    step(maker, setting, "submit")
    assert maker.get(f"{HOME}{NAME}/end/").status_code == 404
    step(checker, setting, "confirm")
    today = timezone.localdate()
    assert "停止" in text(maker.get(f"{HOME}{NAME}/end/"))
    for said in ({"start": str(today - timedelta(days=1)), "reason": "x"}, {"start": str(today), "reason": ""}):
        assert 'role="alert"' in text(maker.post(f"{HOME}{NAME}/end/", {"area": COUNTY} | said))
    answer = maker.post(f"{HOME}{NAME}/end/", {"area": COUNTY, "start": str(today), "reason": "办法废止"})
    ending = LocalSetting.objects.get(id=int(answer.headers["Location"].strip("/").rpartition("/")[2]))
    assert ending.is_ending
    tried(ending)
    assert "不再单独设定" in text(maker.get(f"/local-values/{ending.id}/"))
    step(maker, ending, "submit")
    step(checker, ending, "confirm")
    pack = library.pack(PACK)
    assert local.settings_of(pack, today).value(NAME, COUNTY) is None
    assert local.settings_of(pack, today - timedelta(days=1)).value(NAME, COUNTY) is not None
    assert "办法废止" in text(maker.get(f"{HOME}{NAME}/"))


def test_a_city_sets_its_own_and_its_counties(run: Run) -> None:
    city = signed_in(Role.CITY_COORDINATOR, CITY)
    page = text(city.get(f"{HOME}{NAME}/set/"))
    assert f'value="{CITY}"' in page and f'value="{COUNTY}"' in page
    assert f'value="{CITY}"' not in text(city.get(f"{HOME}site_subsidy_share/set/"))
    assert drafted(city, area=CITY).by == "city"


def test_a_reading_is_chosen_in_its_words(maker: Client) -> None:
    page = text(maker.get(f"{HOME}base_rate_reading/set/"))
    assert 'type="radio"' in page and 'value="interest_base"' in page
    answer = maker.post(f"{HOME}base_rate_reading/set/", sent(value="interest_base"))
    setting = LocalSetting.objects.get()
    assert answer.status_code == 302 and setting.value == "interest_base"
    assert 'role="alert"' in text(maker.post(f"{HOME}base_rate_reading/set/", sent(value="mine")))


def test_a_yes_or_no_and_a_day_have_their_own_fields(run: Run) -> None:
    city = signed_in(Role.CITY_COORDINATOR, CITY)
    assert 'value="true"' in text(city.get(f"{HOME}contributor_criteria_set/set/"))
    assert city.post(f"{HOME}contributor_criteria_set/set/", sent(area=CITY, value="true")).status_code == 302
    assert 'type="date"' in text(city.get(f"{HOME}nominations_close/set/"))
    assert city.post(f"{HOME}nominations_close/set/", sent(area=CITY, value="2023-09-30")).status_code == 302
    assert {one.value for one in LocalSetting.objects.all()} == {"true", "2023-09-30"}


def test_the_progress_of_a_trial_is_asked_for(maker: Client) -> None:
    setting = drafted(maker)
    page = text(maker.get(f"/local-values/{setting.id}/"))
    assert "hx-get" in page and "<noscript>" in page and "提交复核" not in page
    assert not any(mark in page for mark in (" style=", "<style", " onclick="))
    Preview.objects.filter(setting=setting).update(state=Run.State.RUNNING, done=3, steps=12)
    part = text(maker.get(f"/local-values/{setting.id}/progress/"))
    assert 'value="25"' in part and "<html" not in part
    tried(setting)
    assert maker.get(f"/local-values/{setting.id}/progress/").headers["HX-Refresh"] == "true"
    assert "hx-get" not in text(maker.get(f"/local-values/{setting.id}/"))


def test_a_trial_that_failed_says_so_and_can_be_asked_for_again(maker: Client) -> None:
    setting = drafted(maker)
    Preview.objects.filter(setting=setting).update(state=Run.State.FAILED, problem="MemoryError")
    assert "试算没有算成" in text(maker.get(f"/local-values/{setting.id}/"))
    step(maker, setting, "retry")
    assert Preview.objects.get(setting=setting).state == Run.State.WAITING


def test_a_value_that_no_longer_fits_is_a_problem_on_every_page_and_no_error(maker: Client, checker: Client) -> None:
    setting = tried(drafted(maker))
    step(maker, setting, "submit")
    step(checker, setting, "confirm")
    LocalSetting.objects.filter(id=setting.id).update(value="7")
    for address in (HOME, f"{HOME}{NAME}/"):
        assert "不再合文件" in text(maker.get(address, {"on": "2023-12-31"}))
    text(maker.get(f"/documents/{PACK}/1/"))
    text(maker.get(f"{HOME}{NAME}/set/"))
    assert "不再合文件" not in text(signed_in(Role.AUDITOR, OTHER).get(f"{HOME}{NAME}/"))


@pytest.mark.parametrize("address", [f"{HOME}nothing/", "/parameters/nothing/", "/local-values/0/", "/attachments/0/"])
def test_what_is_not_there_is_not_found(maker: Client, address: str) -> None:
    assert maker.get(address).status_code == 404


def test_english_is_whole(maker: Client) -> None:
    maker.post("/language/", {"language": "en", "next": HOME})
    assert '<html lang="en">' in text(maker.get(HOME))
