"""What funds, measures and areas are called on pages about money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from luoshi.office.accounts.roles import Scope
from luoshi.office.desk.reading import readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.areas import area
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Titles:
    """The words for what somebody may read, in one language."""

    packs: Mapping[str, Pack]
    lang: str
    scope: Scope

    @cached_property
    def pack_ids(self) -> list[str]:
        """The policies that somebody may read."""
        return list(self.packs)

    def fund(self, pack_id: str, fund: str) -> str:
        """A fund, as its policy calls it."""
        pack = self.packs.get(pack_id)
        return pack.funds[fund].title.say(self.lang) if pack and fund in pack.funds else fund

    def measure(self, pack_id: str, measure: str) -> str:
        """A measure, as its policy calls it."""
        pack = self.packs.get(pack_id)
        return pack.measures[measure].title.say(self.lang) if pack and measure in pack.measures else measure

    def policy(self, pack_id: str) -> str:
        """A policy."""
        return self.packs[pack_id].policy.title.say(self.lang) if pack_id in self.packs else pack_id

    def area(self, code: str) -> str:
        """An area by its name."""
        found = area(code) if code else None
        return found.name if found else code


def titles_for(request: HttpRequest) -> Titles:
    """The words for whoever asks."""
    scope = scope_of(request)
    return Titles({pack.policy.id: pack for pack in readable_packs(scope)}, reader_language(), scope)
