"""What else is in the county: a round of an award, a certificate, rows that may be the same, a run with what it found.

And what is of the whole city: the editions of its policy, and the run. Those many may read; nobody of a county changes
them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from luoshi.office.accounts.roles import Role, Scope
from luoshi.office.awards import nominating
from luoshi.office.awards.models import Member, Round
from luoshi.office.awards.offices import Actor
from luoshi.office.awards.rules import Rules, find_rules, in_force_here
from luoshi.office.casework.models import Case, Certificate
from luoshi.office.editions import actions as editions
from luoshi.office.editions.models import Edition
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.registry.uniting import Pair, merge
from luoshi.office.runs import actions as runs
from luoshi.office.runs import library
from luoshi.office.runs.models import DutyState, LocalSetting, Run
from luoshi.office.worklists.models import Finding, FindingEvent
from luoshi.rulebook.model.outcomes import FULFILMENTS, State
from tests.office.casework.walking import lay, whole
from tests.office.security.words import CITY, COUNTY, EVIL, PACK, TOWNSHIP, VILLAGE, Kwargs

AWARD, DUTY = "tourism-key-village", "keep-real-name-database"
SMALL = "small-2026"
WICKED = {
    "policy.yaml": (
        f"id: {SMALL}\ntitle: {{zh: 样例办法<img onerror=a>, en: an example<img onerror=a>}}\nnumber: 样〔2026〕1号\n"
        'issuer: {zh: 样例办, en: an office}\njurisdiction: "6211"\nstatus: in-force\nissued: 2026-01-01\n'
        "in_force: {from: 2026-01-01, to: null}\n"
    ).encode(),
    "1-one.md": f"# 一{EVIL} · One\n\n{EVIL} [x](javascript:alert) <script>x</script>\n".encode(),
}
"""A small policy whose text wants to be more than text."""


def doubles(people: tuple[int, int]) -> dict[str, Kwargs]:
    """Two people who may be one, and two others who became one."""
    table, now = table_of(library.pack(PACK), "person"), timezone.now()
    where = {"schema": table.name.schema, "table": table.name.name}
    one, other = sorted(people)
    pair = LikelyDouble.objects.create(one=one, other=other, score=80, reasons=["like:name"], found_at=now, **where)
    home = {"register_number": "h-2", "area": VILLAGE}
    named = {"name": f"样小红{EVIL}", "household": "h", "birth_date": date(1990, 1, 1)}
    twice = {"a": named | {"citizen_id": "621102199001012224"}, "b": named | {"citizen_id": "621102199001012240"}}
    ids = lay(whole(PACK), {"household": {"h": home}, "person": twice})
    tables = tables_of([library.pack(PACK)])
    two = Pair(ids["person", "a"], 1, ids["person", "b"], 1)
    merger = merge(table, tables, two, (), Basis("township", now, EVIL, EVIL), scope_prefix=TOWNSHIP)
    at = {"pack_id": PACK, "register": "person"}
    found: dict[str, Kwargs] = dict.fromkeys(("double", "double-different"), at | {"number": pair.pk})
    return found | {"merger-separate": at | {"number": merger.pk}}


def certificate(case: Case) -> dict[str, Kwargs]:
    """What a case was for has its certificate."""
    given = Certificate.objects.create(
        case=case, number=EVIL, area=case.area, pack_id=PACK, procedure=case.procedure, register=case.register,
        row_id=case.row_id, given_on=timezone.localdate(),
    )  # fmt: skip
    return {"certificate": {"number": given.pk}}


def award() -> dict[str, Kwargs]:
    """A round with somebody nominated, and a panel that has somebody from outside."""
    today, now = timezone.localdate(), timezone.now()
    rules = find_rules(in_force_here(library.pack(PACK)), AWARD)
    assert rules is not None
    opened = Round.objects.create(
        pack_id=PACK, pack_hash=rules.pack.hash, measure=AWARD, procedure=rules.procedure.id, area=COUNTY, on=today,
        year=today.year, first_day=today, last_day=today, places=1, places_basis=EVIL, method=Round.Method.RANK,
        voters=1, paper=EVIL, opened_by="labour", opened_at=now,
    )  # fmt: skip
    nomination = _nominated(rules, opened)
    Member.objects.create(round=opened, name=f"评委{EVIL}", office=EVIL, named_by="labour", named_at=now)
    one: dict[str, Any] = {"number": opened.pk}
    routes = ("award-round", "award-export", "award-nominate", "award-panel", "award-choice")
    found: dict[str, Kwargs] = dict.fromkeys(routes, one)
    found |= {"award-list": one | {"outcome": "eligible"}, "award-nomination": {"number": nomination}}
    found |= {"award-round-step": one | {"step": "cancel"}, "award-choice-step": one | {"step": "propose"}}
    found |= {"award-panel-step": one | {"step": "member"}}
    return found | {"award-nomination-step": {"number": nomination, "step": "withdraw"}}


def _nominated(rules: Rules, opened: Round) -> int:
    row = {"village": VILLAGE, "resource_note": EVIL}
    ids = lay(whole(PACK), {"tourism_village": {"v": row}})
    actor = Actor("township", Role.TOWNSHIP_CADRE, TOWNSHIP)
    return nominating.nominate(
        opened.pk, rules, ids["tourism_village", "v"], EVIL, actor=actor, today=opened.on, now=opened.opened_at
    ).pk


def local_value() -> dict[str, Kwargs]:
    """A value of the county that waits for a second person."""
    value = LocalSetting.objects.create(
        pack_id=PACK, name="building_rent_relief", value="0.5", area=COUNTY, start=timezone.localdate(), by="county",
        document=EVIL, document_number=EVIL, state=LocalSetting.State.PROPOSED, set_by="labour",
    )  # fmt: skip
    one = {"number": value.pk}
    found: dict[str, Kwargs] = dict.fromkeys(("local-value", "local-value-progress"), one)
    return found | {"local-value-step": one | {"step": "confirm"}}


def found(holding: int) -> dict[str, Kwargs]:
    """What a run has found wrong with somebody who has a post in the village, and an official looks into."""
    run, now = _finished(), timezone.now()
    finding = Finding.objects.create(
        pack_id=PACK, check_id="selection-without-minutes", register="post_holding", row_id=holding, area=VILLAGE,
        state=Finding.State.LOOKING, holder="township", since=run, handled_at=now,
    )  # fmt: skip
    kind = FindingEvent.Kind.NOTED
    FindingEvent.objects.create(finding=finding, kind=kind, note=EVIL, by="township", at=now)
    _keep_told(run, holding)
    at = {"pack_id": PACK, "number": finding.pk}
    return dict.fromkeys(("finding", "finding-handle", "finding-check"), at)


def _finished() -> Run:
    pack, now = library.pack(PACK), timezone.now()
    return Run.objects.create(
        pack_id=PACK, pack_hash=pack.hash, on=timezone.localdate(), state=Run.State.FINISHED, asked_by="labour",
        started_at=now, finished_at=now, rows_read={"post_holding": 1}, rows_decided={"post_holding": 1},
    )  # fmt: skip


def _keep_told(run: Run, holding: int) -> None:
    """The results of a run that looked at nothing but one duty, of which it could not see whether it was done."""
    DutyState.objects.create(run=run, duty=DUTY, area=VILLAGE, done=0, not_done=0, unknown=1)
    folder = runs.folder_of(run) / "results"
    folder.mkdir(parents=True)
    states = pa.array([int(State.UNKNOWN)], pa.uint8())
    told = pa.table({"id": pa.array([holding], pa.int64()), "area": [VILLAGE], f"{DUTY}.state": states})
    pq.write_table(told, folder / "post_holding.parquet")


def of_the_city() -> dict[str, Kwargs]:
    """What all officials of the city may read: an edition of a policy, runs, and how its duties stand."""
    edition = editions.upload(WICKED, EVIL, Scope(CITY), by="coordinator")
    Edition.objects.filter(id=edition.id).update(state=Edition.State.CHECKED)
    one = {"pack_id": SMALL, "number": edition.number}
    routes = ("edition", "edition-again", "edition-activate", "edition-withdraw", "edition-download")
    made: dict[str, Kwargs] = dict.fromkeys(routes, one)
    made |= {"edition-difference": one | {"other": 1}, "edition-text": one | {"document": "1-one"}}
    waiting = runs.ask(PACK, timezone.localdate(), by="labour")
    done = Run.objects.get(state=Run.State.FINISHED)
    made |= {"run": {"number": done.pk}, **dict.fromkeys(("run-progress", "run-cancel"), {"number": waiting.pk})}
    duty = {"pack_id": PACK, "duty_id": DUTY}
    return made | {"duty": duty, "duty-rows": duty | {"state": FULFILMENTS[State.UNKNOWN]}}
