"""The way from a document to one subject without a mouse; what has the focus is seen, and what went wrong is said."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from luoshi.office.accounts.roles import Role
from tests.office.browsing import browsing, opened, serving, session_of
from tests.office.runs.city import PACK
from tests.office.worklists.place import CITY, followed_city

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("apart_together")]
PHONE, DESK = (390, 844), (1440, 900)
WIDTHS = (390, 768, 1024, 1181, 1431, 1440)
MOST_STOPS = 400

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    words: (one.textContent || one.getAttribute("aria-label") || "").trim(),
    href: one.getAttribute("href") || "",
    seen: one === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && box.width > 0 && box.height > 0 && box.right > 0 && box.left < window.innerWidth),
  };
}"""
OVERLAPS = """() => {
  const parts = [...document.querySelectorAll(".top > *, .ways a, .pickers > *, .tools > *")]
    .filter((part) => part.getClientRects().length);
  const boxes = parts.map((part) => part.getBoundingClientRect()), told = [];
  parts.forEach((one, i) => {
    if (boxes[i].left < 0 || boxes[i].right > window.innerWidth) told.push(`outside: ${one.textContent.trim()}`);
    if (one.scrollWidth > one.clientWidth + 1 && one.matches("nav, div")) told.push(`cut: ${one.className}`);
    parts.slice(i + 1).forEach((other, k) => {
      const box = boxes[i + 1 + k];
      if (one.contains(other) || other.contains(one)) return;
      if (boxes[i].left < box.right - 1 && box.left < boxes[i].right - 1
        && boxes[i].top < box.bottom - 1 && box.top < boxes[i].bottom - 1) {
        told.push(`${one.textContent.trim()} / ${other.textContent.trim()}`);
      }
    });
  });
  return told;
}"""


@dataclass(frozen=True)
class Site:
    """Where the service answers, the session of a coordinator, and a browser."""

    address: str
    session: str
    browser: Browser


@pytest.fixture(scope="module")
def site(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    followed_city(tmp_path_factory.mktemp("city") / "data")
    session = session_of(Role.CITY_COORDINATOR, CITY, "欧阳样例长名字")
    with serving() as address, browsing() as browser:
        yield Site(address, session, browser)


def _tab_to(page: Page, words: str, part: str = "") -> None:
    """The focus stands on the link that says `words` and leads to `part`; it was seen at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["seen"], stop
        if words in stop["words"] and part in stop["href"]:
            return
    raise AssertionError(words)


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_one_walks_from_a_document_to_a_subject(site: Site) -> None:
    with opened(site.browser, site.address, site.session, DESK) as seen:
        page = seen.page
        page.goto(f"{site.address}/documents/{PACK}/1/")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["words"] == "跳到正文"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        _tab_to(page, "", "/measures/new-worker-award/")
        _enter(page)
        _tab_to(page, "", "eligible/?area=")
        _enter(page)
        named = page.locator(".people a").first
        _tab_to(page, named.inner_text(), named.get_attribute("href") or "")
        _enter(page)
        assert page.locator("dl.kept").is_visible()
    assert seen.complaints == []


def test_the_menu_of_a_phone_opens_by_key(site: Site) -> None:
    with opened(site.browser, site.address, site.session, PHONE) as seen:
        page = seen.page
        page.goto(f"{site.address}/documents/{PACK}/1/")
        _tab_to(page, "菜单")
        page.keyboard.press("Enter")
        assert seen.barriers() == []
        _tab_to(page, "待办", "/worklists/")
        _enter(page)
        assert page.locator(".way[open]").count() == 0
        assert page.locator(".way .on").text_content() == "待办"


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_at_the_head_overlaps(site: Site, lang: str) -> None:
    with opened(site.browser, site.address, site.session, DESK, lang) as seen:
        seen.page.goto(f"{site.address}/documents/{PACK}/1/?area=331122&on=2023-12-31")
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 800})
            assert seen.page.evaluate(OVERLAPS) == [], width
            assert not seen.is_too_wide(), width


MISTAKES = (
    (f"/parameters/{PACK}/excellent_points/set/", "试算影响"),
    (f"/rows/{PACK}/household/add/", "核对"),
    ("/library/upload/", "上传并检查"),
    (f"/imports/new/{PACK}/household/", "交表检查"),
    ("/password/", "修改密码"),
)


@pytest.mark.parametrize(("address", "button"), MISTAKES, ids=[address for address, _ in MISTAKES])
def test_what_went_wrong_is_said_aloud(site: Site, address: str, button: str) -> None:
    with opened(site.browser, site.address, site.session, PHONE) as seen:
        page = seen.page
        page.goto(site.address + address)
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        assert page.get_by_role("alert").first.inner_text().strip()
        assert (
            page.evaluate(
                """() => [...document.querySelectorAll("main [aria-invalid=true]")]
            .filter((one) => !(one.getAttribute("aria-describedby") || "").split(" ")
              .some((id) => document.getElementById(id)?.textContent.trim())).map((one) => one.outerHTML)"""
            )
            == []
        )
        assert seen.barriers() == []
