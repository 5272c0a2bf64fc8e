"""The four ways in which money is asked for, each until it is set aside for somebody."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.office.awards.models import Round
from luoshi.office.notices.models import Notice
from luoshi.office.sheets.models import Sheet
from tests.office.awards import ground
from tests.office.browsing import Seen, aside
from tests.office.flows.desks import SECOND, person, show, walk
from tests.office.flows.measures import AT_DESK, BY_SHEET, IN_ROUND, PHONE_OF_FIRM
from tests.office.flows.public import apply, come_in, open_dealing, say_who
from tests.office.flows.way import PHONE, Way, fill, press
from tests.office.sheets.place import ATTENDANCE, MARCH


def on_the_phone_of_a_firm(way: Way, phone: Seen) -> None:
    """Whoever deals for a row is let in by the township, and applies on the phone."""
    open_dealing(way)
    come_in(way, phone)
    apply(way, phone)
    walk(way)


def at_a_desk(way: Way, phone: Seen) -> None:
    """A village cadre takes the application in on a phone; its owner can follow it on theirs."""
    register, row = way.about

    def take_in(seen: Seen) -> None:
        way.look(seen, "take-in")
        press(seen, "下一步")
        way.look(seen, "draft")
        press(seen, "提交申请")
        way.number = seen.page.url.rstrip("/").rpartition("/")[2]
        way.look(seen, "filed")

    address = f"/cases/new/{way.grant.pack}/{way.grant.procedure}/{register}/{row}/?measure={way.grant.measure}"
    way.at(person(way.grant.village), address, take_in, PHONE)
    open_dealing(way)
    come_in(way, phone)
    walk(way)


def by_a_sheet(way: Way, phone: Seen) -> None:
    """The village reports who has worked, on a phone; the township confirms it, the county settles the list."""
    sheet = aside(lambda: Sheet.objects.get(block=ATTENDANCE).pk)

    def fill_in(seen: Seen) -> None:
        line = seen.page.locator("[data-owner]")
        line.locator("input[value=true]").check(force=True)
        expect(line.locator("[data-told]")).to_have_text("已发送")
        way.look(seen, "sheet", is_seen_on_both=True)
        press(seen, "上报")

    def settle(seen: Seen) -> None:
        assert way.grant.amount in seen.page.inner_text("main")
        fill(seen, 依据的文件或会议="样人社发〔2020〕3号")
        way.look(seen, "roll", is_seen_on_both=True)
        press(seen, "列入待付")
        assert "1 人已列入待付" in seen.page.inner_text(".messages")

    way.at(person(way.grant.village), f"/sheets/{sheet}/", fill_in, PHONE)
    way.at(person(way.grant.village[:9]), f"/sheets/{sheet}/", partial(press, name="确认", exact=True))
    county = person(way.grant.village[:6], "human-resources", SECOND)
    way.at(county, f"/sheet-rolls/{way.grant.pack}/{ATTENDANCE}/{MARCH.name}/", settle)
    come_in(way, phone)
    say_who(way, phone)


def in_a_round(way: Way, phone: Seen) -> None:
    """The county nominates on a phone, a judge votes on a phone, the office chooses, another confirms."""
    where = f"/awards/rounds/{aside(lambda: Round.objects.get().pk)}/"
    way.at("county", f"{where}nominate/?row={way.row}", partial(_nominate, way), PHONE)
    way.at("checker", "/awards/", partial(_check, way))
    aside(_end_of_nominations)
    way.at("office", where, _name_judge)
    way.at("judge", f"{where}panel/", partial(_judge, way), PHONE)
    way.at("office", f"{where}panel/", partial(_choose, way))
    show(way, aside(lambda: Notice.objects.filter(pack_id=ground.PACK).latest("id")))
    way.at("second", f"{where}choice/", partial(_confirm, way))


def _nominate(way: Way, seen: Seen) -> None:
    assert way.grant.called in seen.page.inner_text("h2 >> nth=0")
    fill(seen, 提名理由="带动一百人就业")
    way.look(seen, "nominate")
    press(seen, "提名", exact=True)


def _check(way: Way, seen: Seen) -> None:
    way.look(seen, "awards", is_seen_on_both=True)
    seen.page.locator(".rounds a").first.click()
    way.look(seen, "round", is_seen_on_both=True)
    seen.page.get_by_role("link", name=way.grant.called).first.click()
    way.look(seen, "nominated", is_seen_on_both=True)
    press(seen, "相符", exact=True)


def _end_of_nominations() -> None:
    day = timedelta(days=1)
    Round.objects.update(first_day=F("first_day") - day, last_day=F("last_day") - day)


def _name_judge(seen: Seen) -> None:
    press(seen, "截止申报")
    seen.page.get_by_role("link", name="评审组").first.click()
    seen.page.locator("select[name=username]").select_option("judge")
    press(seen, "列入评审组")


def _judge(way: Way, seen: Seen) -> None:
    seen.page.locator(".ballot input").fill("1")
    way.look(seen, "ballot")
    press(seen, "交评审票")


def _choose(way: Way, seen: Seen) -> None:
    press(seen, "结束评审")
    seen.page.goto(seen.page.url.replace("/panel/", "/choice/"))
    seen.page.get_by_role("checkbox").check()
    way.look(seen, "choice", is_seen_on_both=True)
    press(seen, "提出人选")
    press(seen, "公示", exact=True)


def _confirm(way: Way, seen: Seen) -> None:
    """Another person confirms; the prize is set aside and the result is told for ten days."""
    fill(seen, 确定结果的文件="样妇发〔2024〕9号", 结果公布几天="10", 资金年度=str(timezone.now().year))
    way.look(seen, "confirm")
    press(seen, "确定", exact=True)
    assert "结果已确定" in seen.page.inner_text(".messages")


ASKED: Mapping[str, Callable[[Way, Seen], None]] = {
    PHONE_OF_FIRM: on_the_phone_of_a_firm,
    AT_DESK: at_a_desk,
    BY_SHEET: by_a_sheet,
    IN_ROUND: in_a_round,
}
