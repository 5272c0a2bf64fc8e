"""The screens of the desk that tests look at: who opens them, and how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from luoshi.office.accounts.roles import Role
from tests.office.runs.city import PACK

COORDINATOR, CADRE = Role.CITY_COORDINATOR, Role.TOWNSHIP_CADRE
DOCUMENTS, LISTS, WORK = f"/documents/{PACK}", f"/registers/{PACK}", f"/worklists/{PACK}"
MEASURE = f"{DOCUMENTS}/measures/new-worker-award/"


def _stay(page: Page) -> None:
    """The address itself is the screen."""


def _follow(*links: str) -> Callable[[Page], None]:
    """Onwards, each time to where the first such link leads."""

    def go(page: Page) -> None:
        for link in links:
            page.locator(f"main {link}").first.click()
            page.wait_for_load_state()

    return go


def _search(page: Page) -> None:
    page.get_by_role("searchbox").fill("li")
    page.get_by_role("button", name="查找").click()
    page.wait_for_load_state()


@dataclass(frozen=True)
class Screen:
    """A page, who opens it, the steps from its address, and whether it is looked at in English too."""

    name: str
    address: str
    role: str | None = COORDINATOR
    go: Callable[[Page], None] = _stay
    in_english: bool = False


SCREENS = (
    Screen("sign-in", "/sign-in/", None, in_english=True),
    Screen("nothing-to-read", "/", Role.SYSTEM_ADMINISTRATOR),
    Screen("home", "/"),
    Screen("measure", MEASURE, in_english=True),
    Screen("subjects-eligible", f"{MEASURE}eligible/"),
    Screen("subjects-undetermined", f"{MEASURE}undetermined/"),
    Screen("subject", f"{MEASURE}eligible/", go=_follow(".people a"), in_english=True),
    Screen("trying", f"{MEASURE}ineligible/", go=_follow(".people a", 'a[href*="/try/"]')),
    Screen("registers", f"{LISTS}/", in_english=True),
    Screen("register", f"{LISTS}/household/", in_english=True),
    Screen("register-search", "/registers/search/", go=_search),
    Screen("exports", "/registers/exports/"),
    Screen("row-add", f"/rows/{PACK}/household/add/", CADRE),
    Screen("row-correct", f"{MEASURE}eligible/", go=_follow(".people a", 'a[href$="/correct/"]')),
    Screen("doubles", f"/doubles/{PACK}/"),
    Screen("conflicts", f"/conflicts/{PACK}/"),
    Screen("imports", "/imports/", in_english=True),
    Screen("import-preview", "/imports/1/"),
    Screen("import-faults", "/imports/2/"),
    Screen("import-give", f"/imports/new/{PACK}/household/", CADRE),
    Screen("worklists", "/worklists/", in_english=True),
    Screen("entitled", f"{WORK}/entitled/"),
    Screen("entitled-measure", f"{WORK}/entitled/", CADRE, go=_follow("tbody a")),
    Screen("missing", f"{WORK}/missing/", in_english=True),
    Screen("missing-rows", f"{WORK}/missing/", go=_follow("tbody a")),
    Screen("findings", f"{WORK}/findings/"),
    Screen("finding", f"{WORK}/findings/", go=_follow(".people a")),
    Screen("parameters", f"/parameters/{PACK}/", in_english=True),
    Screen("parameter", f"/parameters/{PACK}/", go=_follow(".people a")),
    Screen("parameter-set", f"/parameters/{PACK}/", go=_follow(".people a", ".acts .button")),
    Screen("runs", "/runs/"),
    Screen("run", "/runs/{run}/", in_english=True),
    Screen("library", "/library/"),
    Screen("edition", f"/library/{PACK}/1/"),
    Screen("edition-text", f"/library/{PACK}/1/text/1-opinions/"),
    Screen("library-upload", "/library/upload/"),
    Screen("charts", f"/charts/{PACK}/", in_english=True),
    Screen("accounts", "/accounts/", in_english=True),
    Screen("account", "/accounts/", go=_follow("tbody a")),
    Screen("own-account", "/account/"),
    Screen("log", "/log/", in_english=True),
    Screen("sessions", "/sessions/"),
    Screen("password", "/password/"),
    Screen("not-found", "/nowhere/"),
)
