"""What the page of a batch shows: who has let it pass, what the checks found, some of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import masked
from luoshi.office.desk.treasury.forms import ReasonForm
from luoshi.office.desk.treasury.paging import number_in
from luoshi.office.desk.treasury.titles import Titles
from luoshi.office.treasury import queries
from luoshi.office.treasury.checks.naming import TITLES
from luoshi.office.treasury.checks.running import count_open
from luoshi.office.treasury.models import Batch, CheckResult, Line, LineFinding
from luoshi.office.treasury.payees import account_of, number_of
from luoshi.office.treasury.sealing import open_subject

PAGE = 50
SHOWN = ("", "open", "listed", "stopped", "paid", "failed")
STEPS = ("batch-submit", "batch-check", "batch-approve", "batch-send")


@dataclass(frozen=True)
class LineRow:
    """A line as the page shows it: numbers masked."""

    line: Line
    subject: str
    payee_id: str
    account: str
    area: str
    findings: tuple[tuple[LineFinding, object], ...]


def batch_facts(request: HttpRequest, batch: Batch, titles: Titles) -> dict[str, Any]:
    """Everything that the page of a batch needs."""
    shown = request.GET.get("shown", "")
    shown = shown if shown in SHOWN else ""
    lines = queries.lines_of(batch, shown, number_in(request, "after") or 0, PAGE + 1)
    user, role = request.user.get_username(), getattr(request.user, "role", None)
    checks = _checks(batch)
    may_settle = may_open("line-stop", role) and batch.state == Batch.State.MADE
    return {
        "batch": batch,
        "people": names_of_accounts(_hands(batch, checks, lines)),
        "title": titles.measure(batch.pack_id, batch.measure),
        "area": titles.area(batch.area),
        "rows": [_row(line, titles) for line in lines[:PAGE]],
        "after": lines[PAGE - 1].number if len(lines) > PAGE else None,
        "shown": shown,
        "checks": checks,
        "open_findings": count_open(batch),
        "next": _next(batch, user, role),
        "may_send_back": batch.state in ("submitted", "checked") and user != batch.made_by and _opens(role, batch),
        "may_withdraw": may_open("batch-withdraw", role) and user == _withdraws(batch),
        "may_settle": may_settle,
        "to_accept": [check.check_id for check, _title in checks if may_settle and _is_waiting(check)],
        "may_fetch": may_open("bank-file", role),
        "file": getattr(batch, "bank_file", None),
        "answer": getattr(batch, "return_file", None),
        "reason": ReasonForm(auto_id=False),
        "waits": batch.state == Batch.State.ASKED,
    }


def _row(line: Line, titles: Titles) -> LineRow:
    keys = secrecy()
    subject = open_subject(line.commitment.closed_subject, keys)
    return LineRow(
        line,
        subject["name"],
        masked(number_of(line.payee, keys)),
        masked(account_of(line.payee, keys)),
        titles.area(line.commitment.area),
        tuple((finding, TITLES[finding.check_id]) for finding in line.findings.all()),
    )


def _checks(batch: Batch) -> list[tuple[CheckResult, object]]:
    results = {each.check_id: each for each in CheckResult.objects.filter(batch=batch)}
    return [(results[check_id], title) for check_id, title in TITLES.items() if check_id in results]


def _is_waiting(check: CheckResult) -> bool:
    """Whether a check could not be made, and nobody has said yet why the batch goes on without it."""
    return not check.source and not check.accepted_by


def _hands(batch: Batch, checks: list[tuple[CheckResult, object]], lines: list[Line]) -> Iterator[str]:
    """The accounts of everybody who had a hand in it."""
    yield from (batch.made_by, batch.sent_back_by)
    yield from filter(None, (batch.checked_by, batch.approved_by, batch.sent_by))
    yield from (check.accepted_by for check, _title in checks)
    yield from (finding.by for line in lines for finding in line.findings.all())


def _next(batch: Batch, user: str, role: str | None) -> str | None:
    """The route of the step that this person may take now; None where it is another's turn."""
    turns: dict[str, tuple[str, bool]] = {
        Batch.State.MADE: ("batch-submit", user == batch.made_by),
        Batch.State.SUBMITTED: ("batch-check", user != batch.made_by),
        Batch.State.CHECKED: ("batch-approve", user not in {batch.made_by, batch.checked_by}),
        Batch.State.APPROVED: ("batch-send", True),
        Batch.State.SENT: ("bank-return", True),
    }
    route, is_turn = turns.get(batch.state, ("", False))
    return route if is_turn and may_open(route, role) else None


def _opens(role: str | None, batch: Batch) -> bool:
    """Whether a role lets a batch pass where it stands, and so may send it back."""
    return may_open("batch-check" if batch.state == Batch.State.SUBMITTED else "batch-approve", role)


def _withdraws(batch: Batch) -> str | None:
    """Who may withdraw the batch now."""
    if batch.state == Batch.State.APPROVED:
        return batch.approved_by
    return batch.made_by if batch.state in Batch.OPEN else None
