"""What the public does on a phone: comes in, says who it is, applies, and sees what has come of it."""

from PIL import Image

from tests.office.browsing import Seen, opened
from tests.office.flows.desks import person
from tests.office.flows.way import PHONE, Way, fill, press


def open_dealing(way: Way) -> None:
    """In the township, whoever deals for a row shows a licence and gets it on the phone."""

    def go(seen: Seen) -> None:
        seen.page.get_by_role("link", name="开通网上经办").click()
        fill(seen, 经办人手机号=way.grant.mobile, 来人姓名="样经办", 看过什么材料="营业执照原件")
        way.look(seen, "open-dealing")
        press(seen, "开通", exact=True)
        assert f"137****{way.grant.mobile[-4:]}" in seen.page.inner_text("main")

    way.at(person(way.grant.village[:9]), f"/documents/{way.grant.pack}/{way.grant.register}/{way.row}/", go)


def come_in(way: Way, phone: Seen) -> None:
    """Somebody signs in with phone and code."""
    phone.page.goto(f"{way.site}/p/sign-in/")
    phone.page.fill("#phone", way.grant.mobile)
    press(phone, "发验证码")
    with opened(way.browser, way.site, None, PHONE) as other:
        other.page.goto(f"{way.site}/p/messages/")
        said = other.page.inner_text("main li >> nth=0").split("验证码")[1]
    phone.page.fill("#code", "".join(sign for sign in said[:8] if sign.isdigit()))
    press(phone, "登录")


def say_who(way: Way, phone: Seen) -> None:
    """Somebody says who they are; the township knows them, and the rows about them are on the phone."""
    phone.page.goto(f"{way.site}/p/mine/link/")
    fill(phone, 身份证号=way.grant.number, 姓名=way.grant.payee)
    press(phone, "提交")

    def confirm(seen: Seen) -> None:
        seen.page.get_by_role("link", name=way.grant.payee).click()
        way.look(seen, "who-is-it")
        press(seen, "是本人，开通")

    way.at(person(way.grant.village[:9]), "/applicants/", confirm)


def apply(way: Way, phone: Seen) -> None:
    """Somebody opens their row, asks for the money, brings a photo of each paper and hands in."""
    page, grant = phone.page, way.grant
    assert grant.called in page.inner_text("main")
    way.look(phone, "mine")
    page.get_by_role("link", name=grant.called).click()
    assert grant.amount in page.locator(f"[aria-labelledby='m-{grant.measure}']").inner_text()
    way.look(phone, "own-row")
    page.locator(f"a[href$='/apply/{grant.procedure}/']").click()
    for box in page.locator("input[name=measure]").all():
        box.set_checked(box.get_attribute("value") == grant.measure)
    way.look(phone, "apply")
    press(phone, "下一步")
    bring(way, phone)
    way.look(phone, "papers")
    press(phone, "提交申请")
    way.number = page.url.rstrip("/").rpartition("/")[2]
    assert "办理中" in page.inner_text("main")
    way.look(phone, "filed")


def bring(way: Way, phone: Seen) -> None:
    """A photo of every paper."""
    page, photo = phone.page, way.folder / "photo.jpg"
    Image.new("RGB", (640, 480), "white").save(photo)
    for at in range(page.locator("input[type=file]").count()):
        form = page.locator("form", has=page.locator("input[type=file]")).nth(at)
        form.locator("input[type=file]").set_input_files(photo)
        with page.expect_navigation():
            form.locator("button").click()
    assert page.get_by_text("photo.jpg").count() == page.locator("input[type=file]").count()


def see_paid(way: Way, phone: Seen, address: str) -> None:
    """The money is there, on the phone and at the width of a desk."""
    phone.page.goto(way.site + address)
    told = phone.page.inner_text("main")
    assert "付到您的账户" in told
    assert way.grant.told in told
    way.look(phone, "paid", is_seen_on_both=True)
