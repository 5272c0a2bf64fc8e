"""The areas to which somebody may be appointed: as people write them, and as pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.roles import Scope
from luoshi.office.exchange.divisions import divisions_within
from luoshi.office.registry.areas import Area, are_kept, area, area_children, areas_of
from luoshi.rulebook.values.area_code import LENGTHS, is_area_code, lineage


@dataclass(frozen=True)
class Places:
    """The areas within a scope. Before a register of areas is kept, every code that can be one is taken."""

    scope: Scope

    def code_of(self, written: str) -> str:
        """The code of an area by its code or its name; `AccountError` for what is none, several, or beyond."""
        text = written.strip()
        if not text or is_area_code(text):
            return self._held(text)
        found = self._names.get(text, frozenset())
        if len(found) > 1:
            raise AccountError(f"{text} is several places", "places", seen=text, codes="、".join(sorted(found)))
        if not found:
            raise AccountError(f"{text} is no area", "no-place", seen=text)
        return next(iter(found))

    def suggested(self) -> list[Area]:
        """The scope itself and the two levels below it, to choose from; villages are written by name or code."""
        if not are_kept():
            return []
        itself = area(self.scope.area)
        below = area_children(self.scope.area)
        return [*([itself] if itself else []), *(one for top in below for one in (top, *area_children(top.code)))]

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        return divisions_within(self.scope.area) if are_kept() else {}

    def _held(self, code: str) -> str:
        if code and self.scope.covers(code) and are_kept() and area(code) is None:
            raise AccountError(f"the register of areas does not hold {code}", "no-place", seen=code)
        return code


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What areas are called, small ones behind the one they lie in; those that nobody knows by name are left out."""
    wanted = {code for code in codes if code}
    if not wanted or not are_kept():
        return {}
    above = {code: lineage(code)[1] for code in wanted if len(code) > LENGTHS["county"]}
    found = areas_of(wanted | set(above.values()))
    return {code: _name(above.get(code, ""), found) + found[code].name for code in wanted if code in found}


def _name(code: str, found: Mapping[str, Area]) -> str:
    return found[code].name if code in found else ""
