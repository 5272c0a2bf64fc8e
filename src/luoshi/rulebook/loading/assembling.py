"""Resolves the entries of a pack, in the order in which they depend on one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from luoshi.rulebook.loading import administration_blocks as administration
from luoshi.rulebook.loading import deciding_blocks as deciding
from luoshi.rulebook.loading import office_blocks as offices
from luoshi.rulebook.loading import sheet_blocks as sheets
from luoshi.rulebook.loading import simple_blocks as simple
from luoshi.rulebook.loading.procedure_blocks import make_procedure
from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Broken, FactKey, Names, Needs
from luoshi.rulebook.model.administration import Duty, IntegrityCheck, Match, Procedure, Scorecard
from luoshi.rulebook.model.bases import Bilingual, Block, Place
from luoshi.rulebook.model.blocks import Crosscheck, ExampleDef, Fund, Limit, Norm, Register, Target
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.model.offices import Department, Office
from luoshi.rulebook.model.sheets import Sheet, Statement

T = TypeVar("T")
LONGEST_CHAIN = 80


@dataclass
class Assembled:
    """The blocks of a pack by kind."""

    names: Names = field(default_factory=Names)
    limits: dict[str, Limit] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    crosschecks: dict[str, Crosscheck] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    scorecards: dict[str, Scorecard] = field(default_factory=dict)
    matches: dict[str, Match] = field(default_factory=dict)
    integrity_checks: dict[str, IntegrityCheck] = field(default_factory=dict)
    norms: list[Norm] = field(default_factory=list)
    examples: list[ExampleDef] = field(default_factory=list)


class Assembler:
    """Turns entries into blocks; every problem becomes a finding and the rest goes on."""

    def __init__(self, entries: list[Entry], findings: Findings) -> None:
        self.findings = findings
        self.done = Assembled()
        self.names = self.done.names
        self._entries = entries
        self._named: dict[str, Block] = {}

    def assemble(self) -> Assembled:
        """Every block that could be resolved."""
        self._registers()
        self._simple("parameter", self.names.parameters, simple.make_parameter)
        self._simple("assume", self.names.assumptions, simple.make_assumption)
        self._simple("table", self.names.tables, simple.make_table)
        self._simple("fund", self.done.funds, simple.make_fund)
        for entry in self._of("measure", "award"):
            self.names.measure_registers[entry.id] = self._shape(entry).register_name
        self._facts()
        self._deciding("measure", self.names.measures, deciding.make_measure)
        self._deciding("award", self.names.measures, deciding.make_award)
        self._deciding("limit", self.done.limits, deciding.make_limit)
        self._deciding("target", self.done.targets, deciding.make_target)
        self._deciding("crosscheck", self.done.crosschecks, deciding.make_crosscheck)
        self._deciding("department", self.done.departments, offices.make_department)
        self._deciding("office", self.done.offices, offices.make_office)
        self._deciding("procedure", self.done.procedures, make_procedure)
        self._deciding("sheet", self.done.sheets, sheets.make_sheet)
        self._deciding("statement", self.done.statements, sheets.make_statement)
        self._deciding("duty", self.done.duties, administration.make_duty)
        self._deciding("scorecard", self.done.scorecards, administration.make_scorecard)
        self._deciding("match", self.done.matches, administration.make_match)
        self._deciding("integrity", self.done.integrity_checks, administration.make_integrity_check)
        self._norms_and_examples()
        return self.done

    def _of(self, *kinds: str) -> Iterator[Entry]:
        return (entry for entry in self._entries if entry.kind in kinds)

    @staticmethod
    def _shape(entry: Entry) -> Any:
        """The shape of an entry, known to be of its kind."""
        return entry.shape

    def _registers(self) -> None:
        for entry in sorted(self._of("register"), key=lambda entry: self._shape(entry).extends is not None):
            register = self._try(entry, partial(simple.make_register, entry, self._shape(entry), self.names))
            if register is None:
                self.names.broken.add(entry.id)
            elif register.place == entry.place and entry.id in self.names.registers:
                self._twice(entry, self.names.registers[entry.id])
            else:
                self.names.registers[entry.id] = register
        for entry in self._of("register"):
            if entry.id in self.names.registers:
                self._check_register(entry, self.names.registers[entry.id])

    def _check_register(self, entry: Entry, register: Register) -> None:
        for code, facts in simple.check_register(register, self.names):
            self.findings.add(code, entry.where(), **facts)
            self.names.broken.add(register.id)

    def _simple(self, kind: str, into: dict[str, Any], make: Callable[..., Block]) -> None:
        for entry in self._of(kind):
            self._keep(entry, into, self._try(entry, partial(make, entry, entry.shape)))

    def _deciding(self, kind: str, into: dict[str, Any], make: Callable[..., Block]) -> None:
        """Blocks that norms name by their id alone: no two of them share one."""
        for entry in self._of(kind):
            block = self._try(entry, partial(make, entry, entry.shape, self.names))
            if block is not None and (first := self._named.setdefault(entry.id, block)) is not block:
                self._twice(entry, first)
            else:
                self._keep(entry, into, block)

    def _keep(self, entry: Entry, into: dict[str, Any], block: Block | None) -> None:
        if block is None:
            self.names.broken.add(entry.id)
        elif entry.id in into:
            self._twice(entry, into[entry.id])
        else:
            into[entry.id] = block

    def _twice(self, entry: Entry, first: Block) -> None:
        self._report_twice(entry, first.place)

    def _try(self, entry: Entry, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except Mismatch as problem:
            facts = dict(problem.facts)
            path: Any = facts.pop("path", ())
            self.findings.add(problem.code, entry.where(*path), name=facts.pop("name", entry.id), **facts)
        except Broken:
            pass
        return None

    def _facts(self) -> None:
        for entry in self._of("fact"):
            key = (self._shape(entry).of, entry.id)
            first = self._first_of(key)
            if first is not None:
                self._report_twice(entry, first)
            else:
                self.names.waiting[key] = entry
        for key in list(self.names.waiting):
            self._resolve_fact(key)

    def _first_of(self, key: FactKey) -> Place | None:
        """Where a fact of this name, or a field, already stands."""
        if key in self.names.waiting:
            return self.names.waiting[key].place
        register = self.names.registers.get(key[0])
        return register.place if register and key[1] in register.fields else None

    def _resolve_fact(self, wanted: FactKey) -> None:
        """Resolves a fact and, first, the facts it needs, on a stack of our own."""
        stack = [wanted]
        while stack:
            key = stack[-1]
            entry = self.names.waiting.get(key)
            if entry is None:
                stack.pop()
                continue
            needed = self._attempt(key, entry)
            if needed is None:
                stack.pop()
            elif needed in stack or len(stack) >= LONGEST_CHAIN:
                self._chain(entry, [*stack, needed], needed in stack)
                for member in stack:
                    self._break(member)
            else:
                stack.append(needed)

    def _attempt(self, key: FactKey, entry: Entry) -> FactKey | None:
        """Resolves one fact; the fact it still needs, if any."""
        try:
            fact = self._try(entry, partial(deciding.make_fact, entry, self._shape(entry), self.names))
        except Needs as need:
            return need.key
        if fact is None:
            self._break(key)
        else:
            del self.names.waiting[key]
            self.names.facts[key] = fact
        return None

    def _break(self, key: FactKey) -> None:
        self.names.waiting.pop(key, None)
        self.names.broken.add(key)

    def _chain(self, entry: Entry, chain: list[FactKey], is_cycle: bool) -> None:
        if is_cycle:
            start = chain.index(chain[-1])
            path = " -> ".join(name for _, name in chain[start:])
            self.findings.add("PACK-060", entry.where(), cycle=path)
        else:
            self.findings.add("PACK-061", entry.where(), name=entry.id, most=LONGEST_CHAIN)

    def _norms_and_examples(self) -> None:
        seen: dict[str, Norm] = {}
        for entry in self._of("norm"):
            shape: Any = entry.shape
            norm = Norm(
                f"{entry.place.clause}#{entry.id}",
                shape.kind,
                shape.force,
                Bilingual(shape.zh, shape.en),
                tuple(shape.by),
                simple.text_or_none(shape.because),
                entry.place,
            )
            if norm.id in seen:
                self._report_twice(entry, seen[norm.id].place)
            else:
                seen[norm.id] = norm
        self.done.norms.extend(seen.values())
        examples: dict[tuple[str, str], ExampleDef] = {}
        for entry in self._of("example"):
            content: Any = entry.document.content
            example = ExampleDef(entry.id, content[entry.id], entry.place)
            first = examples.setdefault((entry.place.file, entry.id), example)
            if first is not example:
                self._report_twice(entry, first.place)
        self.done.examples.extend(examples.values())

    def _report_twice(self, entry: Entry, first: Place) -> None:
        self.findings.add("PACK-040", entry.where(), name=entry.id, first=f"{first.file}:{first.line}")


def with_file_prefix(entry: Entry, pack: str) -> Entry:
    """An entry of an imported pack, its file named with the pack."""
    place = replace(entry.place, file=f"{pack}/{entry.place.file}")
    return replace(entry, place=place)
