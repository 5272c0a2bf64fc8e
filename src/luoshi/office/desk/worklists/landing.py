"""The first page of the worklists: how much of each kind waits in one's area, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.reading import readable_packs, root_of, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import areas_of
from luoshi.office.runs.models import Run
from luoshi.office.worklists import entitled, queries
from luoshi.office.worklists.choosing import checks
from luoshi.office.worklists.gaps import OTHER
from luoshi.rulebook.model.blocks import Pack

OLDEST = 5


@dataclass(frozen=True)
class Waiting:
    """What waits under one policy. `missing` counts facts, judgements and parameters apart."""

    pack: Pack
    title: str
    area: str
    run: Run | None
    entitled: int = 0
    told: int = 0
    missing: dict[str, int] | None = None
    findings: int = 0
    oldest: tuple[tuple[int, str, str, str], ...] = ()


@never_cache
@require_safe
def worklists(request: HttpRequest) -> HttpResponse:
    """Every policy of the person's area with what waits there."""
    scope, lang = scope_of(request), reader_language()
    waiting = [_waiting(pack, root_of(pack, scope) or "", lang) for pack in readable_packs(scope)]
    may = may_open("findings", getattr(request.user, "role", None))
    return render(request, "desk/worklists/landing.html", {"waiting": waiting, "may_see_findings": may})


def _waiting(pack: Pack, root: str, lang: str) -> Waiting:
    title, run = pack.policy.title.say(lang), queries.followed_run(pack.policy.id)
    if run is None:
        return Waiting(pack, title, _names({root})[root], None)
    listed = entitled.counts(pack, run, root, timezone.localdate()).values()
    kinds = [one.name.kind for one in queries.gap_sums(run, root) if one.name.kind != OTHER]
    oldest = list(queries.findings(pack, root, root)[:OLDEST])
    names = _names({root, *(one.area for one in oldest)})
    titles = {check.id: check.title.say(lang) for check in checks(pack).values()}
    return Waiting(
        pack=pack,
        title=title,
        area=names[root],
        run=run,
        entitled=sum(one.listed for one in listed),
        told=sum(one.told for one in listed),
        missing={kind: kinds.count(kind) for kind in ("fact", "judgement", "parameter")},
        findings=sum(one.open for one in queries.check_counts(pack, run, root, root).values()),
        oldest=tuple(
            (one.id, titles.get(one.check_id, one.check_id), names[one.area], str(one.since.on)) for one in oldest
        ),
    )


def _names(codes: set[str]) -> Mapping[str, str]:
    """What the areas are called; by its code which the register does not hold."""
    return {code: code for code in codes} | {code: found.name for code, found in areas_of(codes).items()}
