"""Who visits the public site: nobody in particular, somebody signed in, or an official who acts for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from luoshi.office.accounts.public import APPLICANT
from luoshi.office.applicants import actions, proxies
from luoshi.office.applicants.models import Applicant, Proxy
from luoshi.office.portal.sessions import LASTS, PublicStore

WHO, ACTS, NOTES, PHONE, BROWSER = "applicant", "proxy", "notes", "phone", "browser"


class NoVisit(RuntimeError):
    """A page was asked for somebody that only one who has signed in can be."""


@dataclass
class Visit:
    """One request to the public site: the session, and who has signed in with it."""

    session: PublicStore
    applicant: Applicant | None = None
    proxy: Proxy | None = None

    @property
    def lasts(self) -> int:
        """Seconds after the last step: for an official who acts for somebody no longer than at their own desk."""
        return min(LASTS, int(settings.IDLE.total_seconds())) if ACTS in self.session else LASTS

    @property
    def browser(self) -> str:
        """What nobody but this browser's session knows."""
        return str(self.session.setdefault(BROWSER, get_random_string(22)))

    @property
    def visitor(self) -> str | None:
        """The kind of visitor, as the table of public routes names it."""
        return APPLICANT if self.applicant is not None else None

    @property
    def person(self) -> Applicant:
        """Who has signed in, on a page that the gate opens to nobody else."""
        if self.applicant is None:
            raise NoVisit
        return self.applicant

    @property
    def actor(self) -> str:
        """Who does what is done here, for the event log: the official where one acts for somebody."""
        return self.proxy.user.username if self.proxy is not None else f"applicant:{self.person.id}"

    def note(self, words: str) -> None:
        """A sentence for the next page."""
        self.session[NOTES] = [*self.session.get(NOTES, []), words]

    def take_notes(self) -> list[str]:
        """The sentences for this page, each shown once."""
        return list(self.session.pop(NOTES, [])) if NOTES in self.session else []

    def sign_in(self, applicant: Applicant, proxy: Proxy | None = None) -> None:
        """Whoever visits is somebody from now on, under a new key; whoever they were before, they are no more."""
        self.sign_out()
        self.session.cycle_key()
        self.session[WHO] = applicant.id
        if proxy is not None:
            self.session[ACTS] = proxy.id
        self.applicant, self.proxy = applicant, proxy

    def sign_out(self) -> None:
        """Nothing is left of the session."""
        self.session.flush()
        self.applicant = self.proxy = None


def visit(key: str | None, now: datetime) -> Visit:
    """The visit of a session key. A proxy is looked at each time: one that has ended ends the visit."""
    session = PublicStore(key)
    found = Visit(session)
    number, acts = session.get(WHO), session.get(ACTS)
    if number is None:
        return found
    applicant = actions.find(number)
    proxy = proxies.find_holding(acts, timezone.localdate(now)) if acts is not None else None
    if applicant is None or (acts is not None and (proxy is None or proxy.applicant_id != applicant.id)):
        found.sign_out()
        return found
    session.set_expiry(found.lasts)
    found.applicant, found.proxy = applicant, proxy
    return found


def visit_of(request: HttpRequest) -> Visit:
    """The visit that a request is part of."""
    found: Visit = request.visit  # type: ignore[attr-defined] # the gate of the public site sets it
    return found
