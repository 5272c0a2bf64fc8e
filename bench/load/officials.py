"""Officials as Locust plays them: they sign in and follow the links they see, some kinds of page more than others.

Nothing is written down of what the service holds: which pages there are, each official finds out by reading.
"""

from __future__ import annotations

import csv
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from locust import FastHttpUser, between, task

LINK = re.compile(r'href="(/[^"#]*)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KINDS = (
    ("document", 6, r"/documents/[\w-]+/\d+/"),
    ("measure", 3, r"/documents/[\w-]+/measures/[\w-]+/"),
    ("subjects", 3, r"/documents/[\w-]+/measures/[\w-]+/\w+/"),
    ("subject", 4, r"/documents/[\w-]+/[a-z_]+/[\w-]+/"),
    ("registers", 1, r"/registers/(?:[\w-]+/)?"),
    ("register", 5, r"/registers/[\w-]+/[a-z_]+/"),
    ("worklists", 2, r"/worklists/(?:[\w-]+/(?:entitled|missing|findings)/)?"),
    ("parameters", 1, r"/parameters/(?:[\w-]+/)?"),
    ("charts", 1, r"/documents/[\w-]+/charts/.*|/charts/.*"),
    ("home", 1, r"/"),
)
"""Kinds of page: how often they are opened, and their addresses."""
MOST_KNOWN = 60
SOUGHT = ("wang", "zs", "李", "张", "chen", "wf", "马", "liu")
ACCOUNTS = os.environ.get("LOAD_ACCOUNTS", "accounts.csv")


def accounts() -> list[tuple[str, str]]:
    """Names and first passwords, as `luoshi accounts` wrote them."""
    with Path(ACCOUNTS).open(encoding="utf-8", newline="") as file:
        return [(row["username"], row["password"]) for row in csv.DictReader(file)]


WHO: Iterator[tuple[str, str]] = cycle(accounts())


def kind_of(address: str) -> str | None:
    """The kind of page at an address; None for files, forms and the way out."""
    path = urlsplit(address).path
    return next((name for name, _, form in KINDS if re.fullmatch(form, path)), None)


class Official(FastHttpUser):
    """One official: a page every few seconds."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Sign in."""
        self.known: dict[str, list[str]] = defaultdict(list)
        username, password = next(WHO)
        page = self.client.get("/sign-in/", name="sign-in")
        token = TOKEN.search(page.text or "")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token.group(1) if token else ""}
        answer = self.client.post("/sign-in/", form, name="sign-in", headers={"Referer": self.host or ""})
        self._read(answer.text or "")

    @task(20)
    def follow(self) -> None:
        """Open a page of some kind that was seen on another."""
        kinds = [(name, weight) for name, weight, _ in KINDS if self.known[name]]
        if not kinds:
            self._open("/", "home")
            return
        [name] = random.choices([name for name, _ in kinds], [weight for _, weight in kinds])
        self._open(random.choice(self.known[name]), name)

    @task(3)
    def search(self) -> None:
        """Look for somebody by a part of a name."""
        page = self.client.get("/registers/search/", name="search, empty")
        token = TOKEN.search(page.text or "")
        form = {"q": random.choice(SOUGHT), "csrfmiddlewaretoken": token.group(1) if token else ""}
        answer = self.client.post("/registers/search/", form, name="search", headers={"Referer": self.host or ""})
        self._read(answer.text or "")

    def _open(self, address: str, name: str) -> None:
        answer = self.client.get(address, name=name)
        if answer.status_code == 200:
            self._read(answer.text or "")

    def _read(self, page: str) -> None:
        for address in map(unescape, LINK.findall(page)):
            kind = kind_of(address)
            known = self.known[kind] if kind else []
            if kind and address not in known:
                known.append(address)
                if len(known) > MOST_KNOWN:
                    known.pop(random.randrange(MOST_KNOWN))
