"""Takes the registers of a run into a session of any dialect, checked: nothing is computed from data that cannot be
used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.bulk.needs import columns_read
from luoshi.rulebook.bulk.wanted import nodes_wanted, subjects
from luoshi.rulebook.engines.sql.given.checking import Check, Look
from luoshi.rulebook.engines.sql.given.reading import Given, given_columns
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.spelling.words import Words
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where


class Taker(Protocol):
    """What takes registers in: a session of some dialect. `problems` are the exceptions of what it runs on."""

    words: Words
    problems: tuple[type[Exception], ...]

    def give_table(self, register: str, table: pa.Table) -> None:
        """Take a register that is a table in memory."""

    def give_file(self, register: str, path: Path) -> None:
        """Take a register that is a Parquet file."""

    def is_given(self, path: Path) -> bool:
        """Whether there is something at a path that can be taken."""

    def stored_types(self, register: str) -> dict[str, str]:
        """The stored type of every column of a given table."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""

    def look(self, register: str, columns: list[Given]) -> Look:
        """What a given table tells at first."""

    def settle(self, register: str, held: Held, look: Look) -> Held:
        """The register as it is held, once nothing is wrong with it."""

    def damage(self, problem: Exception) -> str | None:
        """What a problem says about damage in a file; None if it is of another kind."""


def give(taker: Taker, pack: Pack, source: Path | Mapping[str, pa.Table]) -> list[str]:
    """Give the session every register of the pack that the source has; their names, or `Refused`."""
    findings = Findings()
    given = (
        _give_tables(taker, pack, source, findings)
        if isinstance(source, Mapping)
        else _give_files(taker, pack, source, findings)
    )
    if not given and not findings:
        findings.add("DATA-001", Where(), known=sorted(pack.registers))
    if findings:
        raise Refused(findings.sorted())
    return given


def _give_tables(taker: Taker, pack: Pack, tables: Mapping[str, pa.Table], findings: Findings) -> list[str]:
    for register, table in tables.items():
        if register not in pack.registers:
            findings.add("DATA-002", Where(file=register), register=register, known=sorted(pack.registers))
        else:
            taker.give_table(register, table)
    return [register for register in pack.registers if register in tables]


def _give_files(taker: Taker, pack: Pack, folder: Path, findings: Findings) -> list[str]:
    """A folder may hold files of other packs too; they are left alone."""
    given = []
    for register in pack.registers:
        path = Path(folder) / f"{register}.parquet"
        if not taker.is_given(path):
            continue
        try:
            taker.give_file(register, path)
            given.append(register)
        except taker.problems as problem:
            note_damage(taker, register, problem, findings)
    return given


def held_registers(taker: Taker, asked: Asked, given: Iterable[str]) -> dict[str, Held]:
    """The registers that a run reads, with what their columns are like, or `Refused` with every finding."""
    findings, pack = Findings(), asked.pack
    registers = list(given)
    nodes = nodes_wanted(pack, registers, asked.wanted)
    read = columns_read(pack, nodes, subjects(pack, registers, asked.wanted))
    held = {}
    for register in registers:
        if register not in read:
            continue
        try:
            columns = given_columns(pack, register, taker.stored_types(register), read[register], findings)
            if columns is not None:
                look = taker.look(register, columns)
                found = Check(taker.rows, taker.words, register, columns, look, findings).held()
                held[register] = found if findings else taker.settle(register, found, look)
        except taker.problems as problem:
            note_damage(taker, register, problem, findings)
    if findings:
        raise Refused(findings.sorted())
    return held


def note_damage(taker: Taker, register: str, problem: Exception, findings: Findings) -> None:
    """A finding for a file that cannot be read; any other problem is raised again."""
    told = taker.damage(problem)
    if told is None:
        raise problem
    findings.add("DATA-011", Where(file=register), register=register, problem=told)
