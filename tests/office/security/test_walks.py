"""Every page is looked at in a county full of markup: what it says, what it writes, what it sends, what is logged."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from luoshi.office.accounts.policy import ANYONE, ROUTES, may_open
from luoshi.office.config import logs
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from tests.office.security.looking import Look, address, look, undone, who_opens, written
from tests.office.security.words import CARD, EVIL, NEIGHBOUR, PACK, PHONE, VILLAGE
from tests.office.security.world import FAR, World, settle

FOR_FORMS = 405
LOOKED = {"django_session", "event", "head"}
"""What a look may write: what a session remembers, and the entry that somebody has looked or fetched."""
HOSTILE = ("') OR 1=1 --\\%", "9" * 40, "../../etc/passwd")
OF_ALL = {"area", "on", "next"}
"""Asked by one and the same code of very many pages; tried on a few."""
FOR_ALL = ("register", "document", "portal-notices", "cases", "second-factor")
OF_AREAS = (
    "award-winners", "cases-all", "certificates", "charts", "conflicts", "doubles", "duty", "duty-rows", "entitled",
    "entitled-measure", "findings", "measure", "missing", "missing-rows", "notices", "register", "sheets", "subjects",
    "worklists",
)  # fmt: skip
"""Routes that list what is in an area."""
NOT_NOW = {"row-restore", "export-file", "award-panel"}
"""Of what is there, but not to be seen yet: a row has one version, a file waits, a panel is called later."""
FIELDS = (
    "reason", "q", "source", "measure", "key", "value", "text", "step", "note", "name", "item", "username", "task",
    "sheet", "row", "register", "purpose", "phone", "pack", "member", "lines", "kind", "form", "decision", "code",
    "number", "day", "amount", "area", "accept", "answer", "result", "document", "start", "until", "period", "layout",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(apart_together: None) -> World:
    return settle()


@dataclass(frozen=True)
class Walk:
    """All pages, and what was logged meanwhile."""

    looks: Mapping[str, Look]
    logged: str


@pytest.fixture(scope="module")
def walk(world: World) -> Walk:
    """Each route is looked at once, by somebody who may."""
    said = io.StringIO()
    root = logging.getLogger()
    handler = logging.StreamHandler(said)
    handler.setFormatter(root.handlers[0].formatter if root.handlers else None)
    root.addHandler(handler)
    try:
        return Walk({route: look(world, route, who_opens(world, route)) for route in sorted(ROUTES)}, said.getvalue())
    finally:
        root.removeHandler(handler)


def test_pages_open_and_none_breaks(walk: Walk) -> None:
    statuses = {route: one.answer.status_code for route, one in walk.looks.items()}
    assert {route: status for route, status in statuses.items() if status >= 500 or status == 403} == {}
    assert sum(one.is_page for one in walk.looks.values()) > 80


def test_what_was_made_is_found(world: World, walk: Walk) -> None:
    """Else nobody would have tried to reach it."""
    made = {**world.own, **world.shared}
    assert {route for route in made if walk.looks[route].answer.status_code == 404} <= NOT_NOW


def test_markup_is_shown_as_it_was_written(walk: Walk) -> None:
    shown = {route: one.body.decode() for route, one in walk.looks.items() if one.is_page}
    assert [route for route, page in shown.items() if "<img onerror" in page or "\"'{{" in page] == []
    assert [route for route, page in shown.items() if "49}" in page] == []
    telling = [route for route, page in shown.items() if "&lt;img onerror" in page]
    assert len(telling) > 25, telling


def test_pages_have_nothing_inline(walk: Walk) -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^\s<]|<style|\sstyle=|\son\w+=\"|=[\"']?\s*javascript:")
    for route, one in walk.looks.items():
        if one.is_page:
            found = inline.search(one.body.decode().replace('type="application/json"', ""))
            assert found is None, (route, found)


def test_a_look_changes_nothing(walk: Walk) -> None:
    assert {route: one.wrote - LOOKED for route, one in walk.looks.items() if one.wrote - LOOKED} == {}
    assert walk.looks["letter-file"].wrote == {"event", "head"}, "a paper that is taken away is on record"


def test_every_answer_says_how_a_browser_is_to_treat_it(walk: Walk) -> None:
    for route, one in walk.looks.items():
        headers = one.answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy, route
        assert "unsafe" not in policy and "http:" not in policy and "*" not in policy, route
        assert headers["X-Content-Type-Options"] == "nosniff", route
        assert headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in policy, route
        assert headers["Referrer-Policy"] == "same-origin", route
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", route
        assert "Server" not in headers and "X-Powered-By" not in headers, route
        assert "Access-Control-Allow-Origin" not in headers, route


def test_nothing_of_the_desk_is_kept_by_a_browser_or_a_proxy(walk: Walk) -> None:
    inside = {route: one for route, one in walk.looks.items() if ROUTES[route] != ANYONE}
    kept = [route for route, one in inside.items() if "no-store" not in one.answer.headers.get("Cache-Control", "")]
    assert kept == []


def test_files_are_saved_and_never_shown(walk: Walk) -> None:
    told = ("text/html", "text/plain", "text/javascript", "application/json", "application/manifest")
    files = {
        route: one for route, one in walk.looks.items()
        if one.answer.status_code == 200 and not one.answer.headers["Content-Type"].startswith(told)
    }  # fmt: skip
    assert len(files) > 8
    shown = [
        route for route, one in files.items()
        if not one.answer.headers.get("Content-Disposition", "").startswith("attachment")
    ]  # fmt: skip
    assert shown == []
    for one in files.values():
        assert "\n" not in one.answer.headers["Content-Disposition"]


def test_numbers_of_people_are_on_no_page(walk: Walk) -> None:
    for route, one in walk.looks.items():
        page = one.body
        if page.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(page)) as parts:
                page = b"".join(map(parts.read, parts.namelist()))
        assert CARD.encode() not in page, route
        assert PHONE.encode() not in page or route == "objection", route  # who answers has to reach whoever objected


def test_nothing_about_people_is_logged(walk: Walk) -> None:
    assert logs.ALLOWED
    for word in (CARD, PHONE, "样小明", "王五", "<img"):
        assert word not in walk.logged


def asked_of(world: World, route: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the page of a route looks for in its address."""
    seen: set[str] = set()

    def noting(kind: str) -> Callable[..., Any]:
        plain = getattr(QueryDict, kind)

        def noted(given: QueryDict, name: str, *more: Any) -> Any:
            seen.add(name)
            return plain(given, name, *more)

        return noted

    with monkeypatch.context() as patched:
        for kind in ("get", "__getitem__", "__contains__", "getlist"):
            patched.setattr(QueryDict, kind, noting(kind), raising=False)
        look(world, route, None, client, nothing="")
    return seen - {"nothing"}


@pytest.mark.parametrize("beginning", sorted({route.partition("-")[0] for route in ROUTES}))
def test_whatever_is_asked_is_only_a_word(
    world: World, walk: Walk, beginning: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer is an error of the service, and none tells what the database said. One question at a time."""
    for route in sorted(ROUTES):
        client = world.browser(who_opens(world, route))
        if route.partition("-")[0] != beginning or walk.looks[route].answer.status_code == FOR_FORMS:
            continue
        for asked in asked_of(world, route, client, monkeypatch) - (set() if route in FOR_ALL else OF_ALL):
            for word in HOSTILE:
                one = look(world, route, None, client, **{asked: word})
                assert one.answer.status_code < 500, (route, asked, word)
                assert b"syntax error" not in one.body and b"psycopg" not in one.body, (route, asked, word)


@pytest.mark.parametrize("word", HOSTILE[:2])
def test_whatever_a_form_says_is_only_a_word(world: World, word: str) -> None:
    for route in sorted(ROUTES):
        with undone():
            answer = world.browser(who_opens(world, route)).post(address(world, route), dict.fromkeys(FIELDS, word))
        assert answer.status_code < 500, route


def test_a_zero_sign_is_refused_wherever_it_stands(world: World) -> None:
    client = world.browser("labour")
    ways = ("/cases/?q=%00", "/registers/?%00=1", "/cases/2026%00/", "/p/policies/x/text/1%00/", "/p/notices/?q=%00")
    for way in ways:
        assert client.get(way).status_code == 400, way
    assert client.post("/registers/search/", {"q": "样\0"}).status_code == 400
    assert client.post(address(world, "case-talk"), {"text": "\0"}).status_code == 400


@pytest.mark.parametrize("name", sorted(FAR))
def test_nobody_of_the_next_county_reaches_what_is_here(world: World, name: str) -> None:
    """By its number, by looking or by a form: not found, or nothing is changed and nothing of it is told."""
    client = world.browser(name)
    for route in sorted(world.own):
        if ROUTES[route] == ANYONE or not may_open(route, world.roles[name]):
            continue
        one = look(world, route, name, client)
        assert one.answer.status_code in {302, 403, 404, FOR_FORMS}, (route, one.answer.status_code)
        assert EVIL.encode() not in one.body and b"&lt;img" not in one.body, route
        with undone():
            before = written()
            answer = client.post(address(world, route), {"reason": "样例理由", "text": "x", "note": "x"})
            assert answer.status_code in {302, 400, 403, 404, 405}, (route, answer.status_code)
            assert {name for name, _ in written() - before} <= {"django_session"}, route


@pytest.mark.parametrize("name", sorted(FAR))
def test_nobody_of_a_county_changes_what_is_of_the_whole_city(world: World, name: str) -> None:
    client = world.browser(name)
    for route in sorted(route for route in world.shared if may_open(route, world.roles[name])):
        with undone():
            before = written()
            answer = client.post(address(world, route), {"start": "2099-01-01", "basis": "x", "reason": "x"})
            assert answer.status_code in {403, 404, FOR_FORMS}, (route, answer.status_code)
            assert {name for name, _ in written() - before} <= {"django_session"}, route


@pytest.mark.parametrize("name", ("far-labour", "far-coordinator"))
def test_asking_for_the_area_of_others_tells_nothing_of_it(world: World, name: str) -> None:
    client = world.browser(name)
    for route in sorted(OF_AREAS):
        one = look(world, route, name, client, area=VILLAGE)
        assert one.answer.status_code in {200, 404}, route
        assert b"&lt;img" not in one.body, route


def test_more_fields_than_the_form_of_a_row_has_change_nothing_else(world: World) -> None:
    where, client = address(world, "row-correct"), world.browser("township")
    table, number = table_of(library.pack(PACK), "person"), int(str(world.own["row-correct"]["row_id"]))
    with undone():
        page = client.get(where).content.decode()
        given = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
        given |= {"name": "张三丰", "step": "save", "reason": "登记时写错", "source": "户口簿"}
        more = {"id": "9", "row_id": "9", "_area_code": NEIGHBOUR, "_changed_by": "system", "_version": "99"}
        before = row(table, "", number)
        assert client.post(where, given | more).status_code == 302
        after = row(table, "", number)
    assert before is not None and after is not None
    assert after.cells["name"] == "张三丰"
    assert (after.area_code, after.version) == (before.area_code, before.version + 1)
    assert after.changed_by == "township"
