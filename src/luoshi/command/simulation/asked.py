"""What the options of `luoshi simulate` ask: the sides of the simulation, or findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.rulebook.simulating import Overlay, Range, Side, applied, read_range, read_settings

LocalOf = Callable[[Pack], tuple[LocalValue, ...]]


@dataclass(frozen=True)
class Options:
    """The options as they were typed; `edited` is the folder of an edited pack."""

    pack: str
    on: date
    settings: tuple[str, ...]
    without: tuple[str, ...]
    again: tuple[str, ...]
    after_on: date | None
    edited: str | None
    vary: str | None
    as_if_in_force: bool


@dataclass(frozen=True)
class Asked:
    """What a simulation is to do. `after` is the same as `before` when a parameter is varied and nothing changed."""

    before: Side
    after: Side
    range: Range | None

    @property
    def changes_something(self) -> bool:
        """Whether two sides are to be compared."""
        return self.after is not self.before


def read_options(options: Options, local_of: LocalOf) -> Asked:
    """What the options ask, or `Refused`; `local_of` gives the values set by localities, as a pack reads them."""
    findings = Findings()
    settings = read_settings(options.settings, findings)
    asked = read_range(options.vary, findings) if options.vary is not None else None
    if findings:
        raise Refused(findings.sorted())
    before, edited = _sides(options, local_of)
    overlay = Overlay(settings, options.without, options.again, options.after_on)
    if asked is not None and edited is None and overlay == Overlay():
        return Asked(before, before, asked)
    return Asked(before, applied(before, overlay, edited), asked)


def _sides(options: Options, local_of: LocalOf) -> tuple[Side, Side | None]:
    """The pack and the edited pack; if one of them is a draft, both are decided as if they were in force."""
    packs = [load_pack(name, examples=False) for name in (options.pack, options.edited) if name is not None]
    simulated = options.as_if_in_force or any(pack.policy.status == "draft" for pack in packs)
    before, *edited = (Side(pack, options.on, local_of(pack), simulated) for pack in packs)
    return before, edited[0] if edited else None
