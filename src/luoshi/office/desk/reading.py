"""What somebody is reading: which policy, for which area, as of which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Scope
from luoshi.office.desk.standing import Standing
from luoshi.office.registry.areas import Area, area, area_children
from luoshi.office.runs import library, local, queries
from luoshi.office.runs.models import Run
from luoshi.office.runs.reached import reached
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.area_code import is_area_code, lineage

MOST_DAYS = 8


@dataclass(frozen=True)
class Reading:
    """A policy read for `area` as of `on`; `asked` are the choices that the address named."""

    pack: Pack
    root: str
    area: Area
    on: date
    run: Run | None
    asked: Mapping[str, str]

    @property
    def query(self) -> str:
        """The choices as the end of an address, so that every link keeps them."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    @property
    def day_query(self) -> str:
        """The day, if one was chosen, to follow an area in an address."""
        return f"&on={self.asked['on']}" if "on" in self.asked else ""

    @cached_property
    def path(self) -> list[Area]:
        """The areas from the widest that may be read down to this one."""
        codes = [code for code in lineage(self.area.code) if code.startswith(self.root)]
        return [*filter(None, map(area, reversed(codes[1:]))), self.area]

    @cached_property
    def children(self) -> list[Area]:
        """The areas one level below."""
        return area_children(self.area.code)

    @cached_property
    def days(self) -> list[date]:
        """The last days for which there are figures."""
        return queries.run_days(self.pack.policy.id)[:MOST_DAYS]

    def standing(self) -> Standing:
        """How the policy stands here on this day."""
        code, settings = self.area.code, local.settings_of(self.pack, self.on)
        if self.run is None:
            return Standing(code, self.on, settings)
        return Standing(
            area=code,
            on=self.on,
            settings=settings,
            is_run=True,
            figures=queries.figures_of(self.run, code),
            states=queries.states_of(self.run, code),
            duties=queries.duties_of(self.run, code),
            reached=reached(self.run, self.pack, settings, code),
        )


def scope_of(request: HttpRequest) -> Scope:
    """What the person who asks may see; refused when nobody is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.scope


def readable_packs(scope: Scope) -> list[Pack]:
    """The packs that hold somewhere in a scope."""
    return [pack for pack in library.packs() if root_of(pack, scope) is not None]


def root_of(pack: Pack, scope: Scope) -> str | None:
    """The widest area in which a pack holds and that lies in the scope; None if there is none."""
    held = pack.policy.jurisdiction
    if held is None:
        return None
    if scope.covers(held):
        return held
    return scope.area if scope.area.startswith(held) else None


def read(request: HttpRequest, pack_id: str) -> Reading:
    """What the address asks for, within what the person may see; anything else is not found."""
    scope = scope_of(request)
    pack = next((pack for pack in library.packs() if pack.policy.id == pack_id), None)
    root = root_of(pack, scope) if pack else None
    if pack is None or root is None:
        raise Http404
    place = _area(request.GET.get("area") or root, root)
    wanted = _day(request.GET.get("on"))
    run = queries.newest_run(pack_id, wanted)
    on = wanted or (run.on if run else timezone.localdate())
    asked = {name: request.GET[name] for name in ("area", "on") if request.GET.get(name)}
    held = (library.pack_of(run) if run else None) or library.pack(pack_id, on)
    return Reading(held, root, place, on, run, asked)


def _area(code: str, root: str) -> Area:
    if not is_area_code(code) or not code.startswith(root):
        raise Http404
    found = area(code)
    if found is None:
        raise Http404
    return found


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadRequest from None
