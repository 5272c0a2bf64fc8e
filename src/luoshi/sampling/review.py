"""Checks a plan against its pack before anything is drawn, and works out the type of every column.

Findings (each with file, line and the key as `where.column`):
SAMPLE-001 file: there is no readable sample.yaml
SAMPLE-002 name, trail: includes go round in a ring, or too deep
SAMPLE-003 name: no pack of this name has a sample.yaml to include
SAMPLE-004 line, problem: the file of divisions cannot be used
SAMPLE-005 seen, near: no such register in the pack
SAMPLE-006 register, known: a register is referred to that is not sampled above
SAMPLE-007 register, seen, near: no such field in the register
SAMPLE-008 register, path, name, known: a path leads nowhere; a draw can look only at what is drawn above it
SAMPLE-009 register: neither this file nor an included one says how many rows the register has
SAMPLE-010 register, parent, found: which reference leads to the parent is unclear: none does, or several do
SAMPLE-011 name, seen, type, expected: this does not fit the type of the field
SAMPLE-012 name, seen, expected: a written value does not fit its type
SAMPLE-013 name, seen, expected: `unknown` or `never`; a date with `blank: never` can be open, everything else unknown
SAMPLE-014 seen: not an area of the list of divisions
SAMPLE-015 name, seen, expected: not a value of the parameter (other faults of local values are CASE-004 on)
SAMPLE-016 name: filled already, by `rows` or by the list of divisions
SAMPLE-017 name, seen: a serial needs `{n:06}`; words need lists that are not empty and 200,000 texts at most
While sampling:
SAMPLE-021 folder: the output folder holds something else than a sample
SAMPLE-022 seen, most: the scale is not above zero, or too large
SAMPLE-023 register, rows, most: more rows than can be held in memory
"""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.model.blocks import Pack, Register
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.model.types import DATE, Ref
from luoshi.sampling.areas import Areas
from luoshi.sampling.city import AREA, MONTH
from luoshi.sampling.draw_review import DrawReview, Keys, Types
from luoshi.sampling.fitting import HELPER_NUMBER
from luoshi.sampling.plan import Plan
from luoshi.sampling.plan_shape import Irregularity, Rows
from luoshi.sampling.vocabulary import Draw

BUILT_IN = ("name", "level", "kind")


@dataclass
class Reviewed:
    """The types of all columns, and the reference to the parent, of each register."""

    types: dict[str, Types] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)


def written_columns(pack: Pack, register: str) -> Types:
    """The columns a register's file may have: its fields, and the human judgements about its rows."""
    fields = {name: item.type for name, item in pack.registers[register].fields.items()}
    judged = {name: fact.type for (of, name), fact in pack.facts.items() if of == register and fact.value is None}
    return fields | judged


def review(plan: Plan, pack: Pack, areas: Areas, findings: Findings) -> Reviewed:
    """The types of everything that can be drawn; what cannot is noted."""
    return _Review(plan, pack, areas, findings).run()


class _Review:
    """Walks a plan in the order in which it will be drawn."""

    def __init__(self, plan: Plan, pack: Pack, areas: Areas, findings: Findings) -> None:
        self.plan, self.pack = plan, pack
        self.draws = DrawReview(plan, pack, areas, findings)
        self.result = Reviewed(self.draws.done)

    def run(self) -> Reviewed:
        for name in self.plan.registers:
            if name in self.pack.registers:
                self._register(self.pack.registers[name])
            else:
                known = list(self.pack.registers)
                self.draws.note("SAMPLE-005", ("registers", name), seen=name, near=near(name, known))
        for kind, fault in self.plan.irregularities.items():
            if fault.register_name not in self.result.types:
                keys: Keys = ("irregularities", kind)
                self.draws.note("SAMPLE-006", keys, register=fault.register_name, known=list(self.result.types))
        return self.result

    def _register(self, register: Register) -> None:
        draws, rows = self.draws, self.plan.registers[register.id].rows
        draws.register, draws.types = register.id, {}
        self.result.parents[register.id] = None
        if register.id == AREA:
            draws.types |= {key: item.type for key, item in register.fields.items() if key in BUILT_IN}
        elif rows is None:
            draws.note("SAMPLE-009", ("registers", register.id), register=register.id)
        else:
            self._rows(rows, register)
        for column, draw in self.plan.registers[register.id].fields.items():
            self._column(column, draw, register)
        self.result.types[register.id] = draws.types
        for kind, fault in self.plan.irregularities.items():
            if fault.register_name == register.id:
                self._irregularity(kind, fault)

    def _rows(self, rows: Rows, register: Register) -> None:
        keys: Keys = ("registers", register.id, "rows")
        if rows.each is None:
            return
        if rows.each not in self.result.types:
            self.draws.note("SAMPLE-006", keys, register=rows.each, known=list(self.result.types))
            return
        self._seen_from_parent(rows, keys)
        parent = self._parent(rows, register, keys)
        self.draws.register, self.draws.types = register.id, {MONTH: DATE} if rows.every else {}
        if parent:
            self.result.parents[register.id] = parent
            self.draws.types[parent] = Ref(rows.each)

    def _seen_from_parent(self, rows: Rows, keys: Keys) -> None:
        """Conditions, sizes and bounds look at the parent's row."""
        draws = self.draws
        draws.register = rows.each or ""
        draws.types = self.result.types[draws.register]
        draws.condition(rows.where, draws.register, (*keys, "where"))
        if rows.size:
            draws.draw(rows.size, HELPER_NUMBER, (*keys, "size"))
        if rows.every:
            draws.bounds([rows.start or "", *rows.to], draws.register, keys)

    def _parent(self, rows: Rows, register: Register, keys: Keys) -> str | None:
        links = [name for name, item in register.fields.items() if item.type == Ref(rows.each or "")]
        if rows.parent is not None and (rows.parent in links or rows.parent.startswith("_")):
            return rows.parent
        if len(links) == 1 and rows.parent is None:
            return links[0]
        self.draws.note("SAMPLE-010", keys, register=register.id, parent=rows.each, found=links)
        return None

    def _column(self, name: str, draw: Draw, register: Register) -> None:
        keys: Keys = ("registers", register.id, "fields", name)
        known = written_columns(self.pack, register.id).get(name)
        if name in self.draws.types:
            self.draws.note("SAMPLE-016", keys, name=name)
            return
        if known is None and not name.startswith("_"):
            self.draws.note(
                "SAMPLE-007",
                keys,
                register=register.id,
                seen=name,
                near=near(name, list(written_columns(self.pack, register.id))),
            )
            return
        kind = self.draws.draw(draw, known, keys)
        blank_never = name in register.fields and register.fields[name].blank_never
        wrong, right = ("unknown", "never") if blank_never else ("never", "unknown")
        if known and getattr(draw, wrong):
            self.draws.note("SAMPLE-013", keys, name=name, seen=wrong, expected=right)
        if kind is not None:
            self.draws.types[name] = kind

    def _irregularity(self, kind: str, fault: Irregularity) -> None:
        draws, keys = self.draws, ("irregularities", kind)
        draws.condition(fault.where, draws.register, (*keys, "where"))
        part = "set" if fault.set is not None else "copy"
        changed = dict(fault.set or fault.copied or {})
        for name in [*changed, *([fault.share] if fault.share else [])]:
            if name not in draws.types:
                near_names = near(name, list(draws.types))
                draws.note("SAMPLE-007", (*keys, part, name), register=draws.register, seen=name, near=near_names)
            elif name in changed:
                draws.draw(changed[name], draws.types[name], (*keys, part, name))
