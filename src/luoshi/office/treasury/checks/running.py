"""Running all checks of a batch, and keeping what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from luoshi.office.treasury.checks import against_lists, against_payments, of_lines, of_officials
from luoshi.office.treasury.checks.naming import OFFICIAL, TITLES
from luoshi.office.treasury.models import Batch, CheckResult, Line, LineFinding

AT_ONCE = 2_000
LOOKED = ["looked_at", "found", "source"]


Check = Callable[[Batch, Sequence[Line]], tuple[str, Sequence[tuple[int, str]]]]


def run_checks(batch: Batch, by: str = "") -> None:
    """Look at every line that is to be paid. What was settled before stays settled; what is new stops its line.

    `by` is whoever is about to take a step, and is looked at as if they had taken it.
    """
    lines = list(
        Line.objects.filter(batch=batch, state=Line.State.LISTED)
        .select_related("commitment", "payee")
        .order_by("number")
    )
    known = set(LineFinding.objects.filter(line__batch=batch).values_list("line_id", "check_id"))
    results: list[CheckResult] = []
    new: list[LineFinding] = []
    for check_id, source, found in _looked(batch, lines, by):
        results.append(
            CheckResult(batch=batch, check_id=check_id, looked_at=len(lines), found=len(found), source=source)
        )
        new += [LineFinding(line_id=line, check_id=check_id, told=told[:200])
                for line, told in found if (line, check_id) not in known]  # fmt: skip
    _keep(results)
    LineFinding.objects.bulk_create(new, batch_size=AT_ONCE)


def _looked(batch: Batch, lines: Sequence[Line], by: str) -> Iterator[tuple[str, str, Sequence[tuple[int, str]]]]:
    if not lines:
        return
    checks: dict[str, Check] = {**of_lines.CHECKS, **against_payments.CHECKS, **against_lists.CHECKS}
    checks[OFFICIAL] = partial(of_officials.acted_on, by=by)
    for check_id in TITLES:
        yield check_id, *checks[check_id](batch, lines)


def _keep(results: Sequence[CheckResult]) -> None:
    """A reason to go on without a check holds only as long as there is nothing to look into."""
    for is_made, facts in ((True, [*LOOKED, "accepted_by", "reason"]), (False, LOOKED)):
        CheckResult.objects.bulk_create(
            [one for one in results if bool(one.source) == is_made],
            update_conflicts=True,
            unique_fields=["batch", "check_id"],
            update_fields=facts,
        )


def count_open(batch: Batch) -> int:
    """How many findings and checks that were not made are not settled."""
    findings = LineFinding.objects.filter(
        line__batch=batch, line__state=Line.State.LISTED, state=LineFinding.State.OPEN
    ).count()
    return findings + CheckResult.objects.filter(batch=batch, source="", accepted_by="").count()
