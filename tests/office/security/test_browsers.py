"""What a browser is given and what is believed of it: cookies, sessions, hosts, ways back, errors, tries."""

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.portal.sessions import COOKIE
from tests.office.desk.peopled import PASSWORD, opened
from tests.office.verified import device_of, let_in, verify

pytestmark = pytest.mark.usefixtures("database")
ASKED = (
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "ALLOWED_HOSTS",
)  # fmt: skip
ELSEWHERE = (
    "https://elsewhere.example/", "//elsewhere.example", "///elsewhere.example", "/\\elsewhere.example",
    "https:elsewhere.example", "javascript:alert(1)", "\x01//elsewhere.example", "'", "accounts", "http://testserver@e",
)  # fmt: skip
LOCKED = 429


@pytest.fixture
def chen(database: None) -> User:
    return opened("chen", Role.TOWNSHIP_CADRE, "621102")


def sign_in(client: Client, name: str = "chen", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in/", {"username": name, "password": password, **more}).status_code


def told_by(code: str, **said: str) -> str:
    """What code in a process of its own prints, with the settings that the environment asks for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    done = subprocess.run([sys.executable, "-c", code], env=kept | said, capture_output=True, text=True, check=True)
    return done.stdout


def test_behind_tls_cookies_and_answers_stay_there_and_django_finds_nothing_wrong(tmp_path: Path) -> None:
    code = (
        "import django, json; from django.conf import settings; from django.core.management import call_command;"
        "django.setup(); call_command('check', deploy=True, fail_level='WARNING', stdout=open('/dev/null', 'w'));"
        f"print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))"
    )
    said = {"LUOSHI_DATA": str(tmp_path), "LUOSHI_TLS": "1", "LUOSHI_HOSTS": "luoshi.example"}
    found = json.loads(told_by(code, **said))
    assert found["ALLOWED_HOSTS"] == ["luoshi.example"]
    assert all(found[name] for name in ASKED)
    assert {found[name].partition("-")[0] for name in ASKED if name.endswith("NAME")} == {"__Host"}
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_cookies_are_out_of_the_reach_of_scripts(chen: User) -> None:
    client = Client()
    sign_in(client)
    with override_settings(SESSION_COOKIE_SECURE=True):
        client.post("/p/sign-in/", {"phone": "13800001234"})
    inside, outside = client.cookies[settings.SESSION_COOKIE_NAME], client.cookies[COOKIE]
    assert inside["httponly"] and outside["httponly"] and outside["secure"]
    assert (inside["samesite"], outside["samesite"], outside["path"]) == ("Lax", "Lax", "/p/")
    assert not outside["max-age"]
    assert not inside["domain"] and not outside["domain"]


def test_a_session_that_somebody_else_has_made_is_not_signed_in(chen: User) -> None:
    client = Client()
    session = client.session
    session["wanted"] = "x"
    session.save()
    before = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after and after != before
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = before
    assert "sign-in" in stranger.get("/sessions/").headers["Location"]


def test_a_session_key_that_somebody_has_made_up_is_not_taken() -> None:
    client = Client()
    client.cookies[COOKIE] = "a" * 32
    client.post("/p/sign-in/", {"phone": "13800001234"})
    assert client.cookies[COOKIE].value != "a" * 32


def test_signing_out_ends_the_session_itself(chen: User) -> None:
    client = let_in(Client(), chen)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"]
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert "sign-in" in again.get("/sessions/").headers["Location"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_way_back_leads_elsewhere(chen: User, wanted: str) -> None:
    client = Client()
    ways = [
        client.post("/sign-in/", {"username": "chen", "password": PASSWORD, "next": wanted}),
        client.get("/sign-in/", {"next": wanted}),
        client.get("/second-factor/", {"next": wanted}),
    ]
    verify(client, chen)
    ways.append(client.get("/second-factor/", {"next": wanted}))
    ways += [client.post(f"/{page}/", {"next": wanted, "language": "en"}) for page in ("language", "p/large")]
    ways.append(client.post("/p/large/", {"next": "/p/", "on": "1"}, HTTP_REFERER=wanted))
    for answer in ways:
        assert answer.status_code < 500
        place = answer.headers.get("Location", "/")
        assert place.startswith("/") or place in {"'", "accounts"}, place
        assert "elsewhere" not in place.partition("?")[0] or place.startswith("/sec"), place


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@elsewhere"])
def test_another_host_is_not_answered(host: str) -> None:
    answer = Client().get("/sign-in/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert b"elsewhere" not in answer.content


def test_no_header_says_under_which_host_we_are() -> None:
    answer = Client().get("/sessions/", HTTP_X_FORWARDED_HOST="elsewhere.example", HTTP_FORWARDED="host=elsewhere")
    assert answer.headers["Location"].startswith("/sign-in/")
    assert "elsewhere" not in answer.headers["Location"]


@pytest.mark.parametrize("address", ["/nothing/", "/documents/none/1/", "/p/notices/999999/", "/attachments/1/"])
def test_what_is_not_there_tells_nothing(chen: User, address: str) -> None:
    answer = let_in(Client(), chen).get(address)
    assert answer.status_code == 404
    assert not {"Traceback", "luoshi.office", "urlpatterns", "Django"} & set(answer.content.decode().split())


def test_an_error_shows_and_logs_nothing_of_what_it_was_about(chen: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("样小明 62110219800101123X")

    monkeypatch.setattr(sign_ins, "list_sign_ins", fail)
    said, client = io.StringIO(), let_in(Client(raise_request_exception=False), chen)
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging.getLogger().handlers[0].formatter)
    logging.getLogger().addHandler(handler)
    try:
        answer = client.get("/sessions/")
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "系统出错了" in page and "RuntimeError" not in page
    assert "RuntimeError" in said.getvalue()
    for word in ("样小明", "62110219800101123X"):
        assert word not in page and word not in said.getvalue()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_five_wrong_passwords_and_the_right_one_waits_too(chen: User) -> None:
    for _ in range(4):
        assert sign_in(Client(), password="wrong-sentence-1") == 200
    assert sign_in(Client(), password="wrong-sentence-1") == LOCKED
    assert sign_in(Client()) == LOCKED
    assert sign_in(Client(), name="CHEN") == LOCKED


def test_the_answer_does_not_tell_which_accounts_there_are(chen: User) -> None:
    pages = []
    for name in ("chen", "nobody"):
        client = Client()
        page = client.post("/sign-in/", {"username": name, "password": "wrong-sentence-1"})
        token = page.context["csrf_token"]
        pages.append((page.status_code, page.content.decode().replace(name, "*").replace(str(token), "*")))
    assert pages[0] == pages[1]


def test_a_stolen_password_opens_nothing_without_the_phone(chen: User) -> None:
    device_of(chen)
    client = Client()
    sign_in(client)
    for address in ("/", "/sessions/", "/password/", "/registers/", "/attachments/1/"):
        assert client.get(address).headers["Location"].startswith("/second-factor/")
