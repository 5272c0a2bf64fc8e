"""The forms of a page as they stand there, to be filled in and sent as a person would."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import resolve

Attributes = list[tuple[str, str | None]]


@dataclass
class PageForm:
    """A form. `given` is what it sends as it stands, `choices` what may be chosen, both by the names of its fields."""

    address: str
    given: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    @property
    def route(self) -> str:
        """The name of the address that it is sent to."""
        return resolve(self.address.partition("?")[0]).url_name or ""

    @property
    def fields(self) -> list[str]:
        """The names of its fields."""
        return list({**self.given, **self.choices})

    def send(self, client: Client, filled: Mapping[str, Any]) -> Any:
        """What comes of it, filled in so."""
        return client.post(self.address, {**self.given, **filled})


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[PageForm]()
        self._inside: PageForm | None = None
        self._named = ""
        """The field whose choices or text come next."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = PageForm(told.get("action") or self.address)
            self.forms.append(self._inside)
        elif self._inside is not None and tag in ("input", "button", "select", "textarea", "option"):
            self._field(self._inside, tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        if tag in ("select", "textarea"):
            self._named = ""

    def handle_data(self, data: str) -> None:
        if self._inside is not None and self._named in self._inside.given and self._named not in self._inside.choices:
            self._inside.given[self._named] += data.lstrip("\n")

    def _field(self, form: PageForm, tag: str, told: Mapping[str, str]) -> None:
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "option":
            form.choices[self._named].append(value)
            if "selected" in told or self._named not in form.given:
                form.given[self._named] = value
        elif tag == "select":
            self._named = name
            form.choices[name] = []
        elif tag == "textarea":
            self._named = name
            form.given[name] = ""
        elif told.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
            if "checked" in told:
                form.given[name] = value
        elif name and told.get("type") != "file":
            form.given[name] = value


def forms_on(client: Client, address: str, route: str = "") -> Iterator[PageForm]:
    """The forms of the page at an address, which opens; those that are sent to a route."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    reader = _Reader(address)
    reader.feed(answer.content.decode())
    return (form for form in reader.forms if not route or form.route == route)


def form_on(client: Client, address: str, route: str) -> PageForm:
    """The only one that is sent to a route."""
    (found,) = forms_on(client, address, route)
    return found


def sent(form: PageForm, client: Client, filling: Mapping[str, Any]) -> str:
    """Where it leads; a form that is not taken says why."""
    answer = form.send(client, filling)
    told = re.findall(r'role="alert">(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert answer.status_code == 302, (form.address, answer.status_code, told)
    return str(answer["Location"])
