"""A county in which somebody has written markup wherever one can write, and officials here and in the next county.

`settle` lays it; `OWN` says of which objects the addresses are that somebody of the next county tries.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.applicants import links, proxies
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.attachments import actions as attachments
from luoshi.office.casework.acting import step_of
from luoshi.office.casework.checklist import bring, checklist
from luoshi.office.casework.models import Case
from luoshi.office.casework.talking import say
from luoshi.office.desk.registers import saved_views
from luoshi.office.exchange import actions as exchange
from luoshi.office.exchange import working
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.exports.models import Export
from luoshi.office.letters import actions as letters
from luoshi.office.letters import templates
from luoshi.office.letters.actions import Order
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.samples import sample
from luoshi.office.notices import objecting
from luoshi.office.notices.models import Reception
from luoshi.office.notices.objecting import Said
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from luoshi.office.sheets import actions as sheets
from luoshi.office.treasury import actions as treasury
from luoshi.office.worklists.choosing import shut_measures
from tests.office.casework import walking
from tests.office.casework.walking import lay, moment, whole
from tests.office.exchange.giving import workbook
from tests.office.letters.papers import saying
from tests.office.notices.drafts import PEOPLE, person, posted
from tests.office.security import beside
from tests.office.security.words import (
    CARD,
    CITY,
    COUNTY,
    EVIL,
    NEIGHBOUR,
    PACK,
    PDF,
    PHONE,
    TOWNSHIP,
    VILLAGE,
    Kwargs,
)  # fmt: skip
from tests.office.sheets import place as posts
from tests.office.treasury import place as money
from tests.office.verified import let_in

HERE = {
    "labour": (Role.DEPARTMENT_OFFICER, COUNTY, "human-resources"),
    "finance": (Role.FINANCE_OFFICER, COUNTY, "finance"),
    "township": (Role.TOWNSHIP_CADRE, TOWNSHIP, ""),
    "village": (Role.VILLAGE_ADMINISTRATOR, VILLAGE, ""),
    "auditor": (Role.AUDITOR, CITY, ""),
    "coordinator": (Role.CITY_COORDINATOR, CITY, ""),
    "administrator": (Role.SYSTEM_ADMINISTRATOR, "", ""),
}
"""Officials here, in the order in which one of them is asked to open a page."""
FAR = {
    "far-labour": (Role.DEPARTMENT_OFFICER, NEIGHBOUR, "human-resources"),
    "far-finance": (Role.FINANCE_OFFICER, NEIGHBOUR, "finance"),
    "far-township": (Role.TOWNSHIP_CADRE, f"{NEIGHBOUR}101", ""),
    "far-village": (Role.VILLAGE_ADMINISTRATOR, f"{NEIGHBOUR}101201", ""),
    "far-auditor": (Role.AUDITOR, NEIGHBOUR, ""),
    "far-coordinator": (Role.CITY_COORDINATOR, NEIGHBOUR, ""),
}
"""Officials of the next county, in every role."""


@dataclass(frozen=True)
class World:
    """Addresses of what is in the county, and of what is the whole city's; everybody's browser, signed in."""

    own: Mapping[str, Kwargs]
    shared: Mapping[str, Kwargs]
    cookies: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, str]

    def browser(self, name: str | None) -> Client:
        """The browser of somebody; None is nobody."""
        client = Client()
        if name is not None:
            client.cookies.load(dict(self.cookies[name]))
        return client


def settle() -> World:
    """Everything is there."""
    walking.lay_ground(whole(PACK))
    walking.lay_areas([NEIGHBOUR])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE common.area SET name = name || %s WHERE id LIKE '621102_%%'", [EVIL])
    staff = HERE | FAR
    for name, (role, area, department) in staff.items():
        called = f"经办{EVIL}" if name in HERE else name
        user = open_account(name, called, "a-long-sentence-7", by="t")
        appoint(user, Post(role, area, department), date(2018, 1, 1), by="t")
    own = {route: kwargs for make in MADE for route, kwargs in make().items()}
    shared = beside.of_the_city()
    signed = {name: let_in(Client(), User.objects.get(username=name)) for name in staff}
    cookies = {name: {key: one.value for key, one in client.cookies.items()} for name, client in signed.items()}
    return World(own, shared, cookies, {name: str(role) for name, (role, _, _) in staff.items()})


def _rows() -> dict[str, Kwargs]:
    home = {"register_number": f"h-{EVIL}", "area": VILLAGE, "registered_poor": True}
    one = {"citizen_id": CARD, "name": f"样小明{EVIL}", "household": "a", "birth_date": date(1980, 1, 1)}
    other = one | {"citizen_id": "621102198202022341"}
    ids = lay(whole(PACK), {"household": {"a": home}, "person": {"a": one, "b": other}})
    row = {"pack_id": PACK, "register": "person", "row_id": ids["person", "a"]}
    found: dict[str, Kwargs] = dict.fromkeys(("subject", "row-correct", "trying"), row)
    found |= {"reveal": row | {"column": "citizen_id"}, "row-restore": row | {"version": 1}}
    found |= {"print-subject": row | {"form": "word"}}
    return found | beside.doubles((ids["person", "a"], ids["person", "b"])) | _applicant(ids["person", "a"])


def _applicant(row: int) -> dict[str, Kwargs]:
    now, today = timezone.now(), timezone.localdate()
    applicant = Applicant.objects.create(opened_at=now, opened_by="township")
    found = (library.pack(PACK), "person", row, VILLAGE)
    other = Applicant.objects.create(opened_at=now, opened_by="township")
    asked = Link.objects.create(
        applicant=other, pack_id=PACK, kept_in="common", register="person", row_id=row, area=VILLAGE,
        state=Link.State.ASKED, asked_at=now,
    )  # fmt: skip
    links.open_confirmed(applicant, found, now, by="township")
    user = User.objects.get(username="township")
    proxy = proxies.open_proxy(applicant, user, area=VILLAGE, reason=EVIL, start=today, until=today)
    names = ("applicant-link", "applicant-link-decide", "applicant-link-end")
    acts = ("applicant-proxy-begin", "applicant-proxy-end")
    return {**dict.fromkeys(names, {"number": asked.pk}), **dict.fromkeys(acts, {"number": proxy.pk})}


def _case() -> dict[str, Kwargs]:
    pack, today = whole(PACK), timezone.localdate()
    row = lay(pack, {"workshop": {"w": {"name": f"车间{EVIL}", "area": VILLAGE}}})["workshop", "w"]
    shut = shut_measures(pack, today)
    found = (one for one in pack.measures.values() if one.procedure == "workshop-claim" and one.id not in shut)
    measure = next(one for one in found if one.register == "workshop")
    case: Case = walking.take_in(pack, measure, "workshop", row, row, today)
    walker = walking.Walker(case, today)
    walker.do(walker.waiting()[0])
    case.refresh_from_db()
    say(case, EVIL, moment(today, "township"))
    step = step_of(pack.procedures[case.procedure], case.step)
    item = checklist(case, pack, step)[0]
    paper = attachments.keep(io.BytesIO(PDF), f"{EVIL}.pdf", area=VILLAGE, by="township", purpose="case")
    brought = bring(case, item.id, paper, moment(today, "township"))
    task, number = walker.waiting()[0], {"number": case.number}
    whole_case = ("case", "case-talk", "case-contest", "case-withdraw", "case-discard", "case-paper")
    made: dict[str, Kwargs] = dict.fromkeys(whole_case, number)
    tasks = ("case-task", "case-task-holder", "case-task-pause", "case-task-go-on")
    made |= dict.fromkeys(tasks, {**number, "task": task.id})
    made |= {"case-paper-back": {**number, "paper": brought.pk}, "case-answer": {**number, "objection": 1}}
    made |= {"case-letter": {**number, "kind": "decision", "form": "pdf"}}
    made |= {"case-letter-issue": {**number, "kind": "decision"}}
    return made | beside.certificate(case)


def _money() -> dict[str, Kwargs]:
    money.give(10_000)
    for number in (1, 2):
        plain = money.decision(number)
        named = replace(plain.subject, name=f"收款{EVIL}", area=VILLAGE)
        treasury.commit_all([replace(plain, subject=named, basis=EVIL)], by="t", now=money.NOW)
    batch = money.listed()
    entry = _number("SELECT max(id) FROM treasury_entry")
    commitment = _number("SELECT max(id) FROM treasury_commitment")
    line = _number("SELECT max(id) FROM treasury_line")
    acts = ("submit", "check", "approve", "send-back", "withdraw", "send")
    names = ("batch", "bank-file", "bank-return", *(f"batch-{act}" for act in acts))
    found: dict[str, Kwargs] = dict.fromkeys(names, {"number": batch.id})
    found |= {"check-accept": {"number": batch.id}, "entry-reverse": {"number": entry}}
    found |= dict.fromkeys(("line-keep", "line-stop"), {"number": batch.id, "line": line})
    payments = ("payment", "payee-replace", "payment-release", "payment-lower", "payment-demand")
    found |= dict.fromkeys(payments, {"number": commitment})
    fund = {"pack_id": PACK, "fund": money.FUND, "year": 2021, "area": COUNTY}
    return found | dict.fromkeys(("fund", "budget-hand-down", "year-close"), fund)


def _notice() -> dict[str, Kwargs]:
    today, now = timezone.localdate(), timezone.now()
    people = [person(f"case:{number}", name, place=EVIL) for number, name in enumerate(PEOPLE, 1)]
    notice = posted("w:1", people, on=today, heading=f"公示{EVIL}", office=EVIL)
    said = Said("form-1", EVIL, PHONE, f"王五{EVIL}", 1)
    objection = objecting.object_to(notice, said, address="1", today=today, now=now)
    Reception.objects.create(area=COUNTY, contact=EVIL, answer_days=7, set_by="labour", set_at=now)
    found: dict[str, Kwargs] = dict.fromkeys(("notice", "notice-take-down"), {"number": notice.pk})
    found |= {"notice-print": {"number": notice.pk, "form": "word"}}
    found |= dict.fromkeys(("portal-notice", "portal-objection"), {"number": notice.pk})
    return found | dict.fromkeys(("objection", "objection-answer"), {"number": objection.pk})


def _letter() -> dict[str, Kwargs]:
    templates.set_series(Kind.DECISION, COUNTY, "样人社发", department="", by="t")
    order = Order(key="w:1", subject="case:1", area=COUNTY, basis=EVIL)
    letter = letters.issue(sample(Kind.DECISION), order, by="labour", now=datetime(2026, 3, 16, tzinfo=UTC))
    template = templates.keep(
        Kind.DECISION, COUNTY, saying("{{ 标题 }}", f"某县{EVIL[:15]}"), f"{EVIL}.docx", by="labour", note=EVIL
    )
    names = ("letter-template", "letter-template-file", "letter-template-sample", "letter-template-approve")
    found: dict[str, Kwargs] = dict.fromkeys(names, {"number": template.pk})
    found |= dict.fromkeys(("letter", "letter-void"), {"number": letter.pk})
    return found | {"letter-file": {"number": letter.pk, "form": "pdf"}}


def _files() -> dict[str, Kwargs]:
    pdf = io.BytesIO(PDF)
    kept = attachments.keep(pdf, f"../../{EVIL}.pdf", area=COUNTY, by="labour", purpose="test:1")
    user, now = User.objects.get(username="labour"), timezone.now()
    view = saved_views.save(user, PACK, "person", EVIL[:40], "", is_shared=True)
    assert view is not None
    export = Export.objects.create(
        user=user, pack_id=PACK, register="person", area=COUNTY, query="", form="csv", masked=True, purpose=EVIL,
        lang="zh", rows=1, asked_at=now,
    )  # fmt: skip
    fields = library.pack(PACK).registers["household"].fields
    titles = [fields[name].title.zh for name in ("register_number", "area")]
    book = workbook(titles, [[f"h2{EVIL}", EVIL]])
    with transaction.atomic():
        work, _ = exchange.receive(
            library.pack(PACK), "household", Given(f"{EVIL}.xlsx", book, False), area=COUNTY, by="labour", now=now
        )
    working.check(work.id)
    imports = ("", "-corrected", "-choose", "-accept", "-reject", "-cancel", "-undo")
    found: dict[str, Kwargs] = dict.fromkeys((f"import{end}" for end in imports), {"number": work.id})
    found |= {"attachment": {"number": kept.pk}, "export-file": {"number": export.pk}}
    return found | dict.fromkeys(("view-rename", "view-delete"), {"number": view.pk})


def _sheet() -> dict[str, Kwargs]:
    there = posts.Place(library.pack(PACK))
    with connection.cursor() as cursor:
        for register in there.pack.registers:
            name = table_of(there.pack, register).name
            cursor.execute(posts._KEPT, [name.schema, name.name, CITY])
    posts.with_posts(there, {EVIL: "621102198001010019"})
    sheet = posts.opened(there)
    owner = there.ids[f"{EVIL}-holding"]
    sheets.enter(sheet, [posts.given(owner, served="20")], posts.moment(posts.VILLAGER))
    acts = ("", "-enter", "-state", "-hand-in", "-send-back", "-confirm")
    found: dict[str, Kwargs] = dict.fromkeys((f"sheet{end}" for end in acts), {"number": sheet.pk})
    return found | {"sheet-history": {"number": sheet.pk, "owner": owner}} | beside.found(owner)


def _people() -> dict[str, Kwargs]:
    user = User.objects.get(username="labour")
    acts = ("", "-appoint", "-person", "-close", "-reopen", "-unlock", "-end-sign-ins")
    found: dict[str, Kwargs] = dict.fromkeys((f"account{end}" for end in acts), {"number": user.pk})
    held = {"number": user.pk, "appointment": user.appointments.get().pk}
    return found | dict.fromkeys(("account-stand-in", "appointment-end"), held)


def _number(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


MADE: tuple[Callable[[], dict[str, Kwargs]], ...] = (
    _rows, _case, _money, _notice, _letter, _files, _sheet, _people, beside.award, beside.local_value,
)  # fmt: skip
