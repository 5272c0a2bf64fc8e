"""Gives the registers of a run to a session, checked: nothing is computed from data that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.meaning.needs import columns_read
from luoshi.rulebook.engines.sql.meaning.results import Wanted, nodes_wanted, subjects
from luoshi.rulebook.engines.sql.on_duckdb.checking import Check
from luoshi.rulebook.engines.sql.on_duckdb.ordering import starts
from luoshi.rulebook.engines.sql.on_duckdb.reading import given_columns
from luoshi.rulebook.engines.sql.on_duckdb.session import Session
from luoshi.rulebook.engines.sql.on_duckdb.steps import input_name, taken_in
from luoshi.rulebook.engines.sql.on_duckdb.text import quoted
from luoshi.rulebook.inputs.settings import LocalValue, Settings, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where

UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.NotImplementedException)


@dataclass(frozen=True)
class Asked:
    """What a run is asked: which pack, as of which day, with which local values, for which results."""

    pack: Pack
    on: date
    local: tuple[LocalValue, ...]
    wanted: Wanted

    def settings(self) -> Settings:
        """The settings with the local values, or `Refused`."""
        findings = Findings()
        for item in self.local:
            check_local_value(item, self.pack, findings)
        if findings:
            raise Refused(findings.sorted())
        return Settings(self.pack, self.on, self.local)


def give(session: Session, pack: Pack, source: Path | Mapping[str, pa.Table]) -> list[str]:
    """Give the session every register of the pack that the source has; their names, or `Refused`."""
    findings = Findings()
    given = (
        _give_tables(session, pack, source, findings)
        if isinstance(source, Mapping)
        else _give_files(session, pack, source, findings)
    )
    if not given and not findings:
        findings.add("DATA-001", Where(), known=sorted(pack.registers))
    if findings:
        raise Refused(findings.sorted())
    return given


def _give_tables(session: Session, pack: Pack, tables: Mapping[str, pa.Table], findings: Findings) -> list[str]:
    for register, table in tables.items():
        if register not in pack.registers:
            findings.add("DATA-002", Where(file=register), register=register, known=sorted(pack.registers))
        else:
            session.give_table(register, table)
    return [register for register in pack.registers if register in tables]


def _give_files(session: Session, pack: Pack, folder: Path, findings: Findings) -> list[str]:
    """A folder may hold files of other packs too; they are left alone."""
    given = []
    for register in pack.registers:
        path = Path(folder) / f"{register}.parquet"
        if not path.is_file():
            continue
        try:
            session.give_file(register, path)
            given.append(register)
        except duckdb.Error as problem:
            _note_damage(register, problem, findings)
    return given


def held_registers(session: Session, asked: Asked, given: Iterable[str]) -> dict[str, Held]:
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
            columns = given_columns(pack, register, session.stored_types(register), read[register], findings)
            if columns is not None:
                blank = session.blank_columns(register, [column.name for column in columns])
                check = Check(session.rows, register, columns, blank, findings)
                held[register] = check.held()
                if not check.rises and not findings:
                    held[register] = _in_order(session, register, held[register])
        except duckdb.Error as problem:
            _note_damage(register, problem, findings)
    if findings:
        raise Refused(findings.sorted())
    return held


@contextmanager
def damage_found(session: Session, held: Mapping[str, Held]) -> Iterator[None]:
    """Damage in a file may show only when all of its cells are read: `Refused`, with the registers that have some."""
    try:
        yield
    except duckdb.Error as problem:
        findings = Findings()
        for register, found in held.items() if _tells_of_damage(problem) else ():
            try:
                counts = ", ".join(f"count({quoted(column)})" for column in found.columns)
                session.rows(f"SELECT {counts} FROM {quoted(input_name(register))}")
            except duckdb.Error as damage:
                _note_damage(register, damage, findings)
        if findings:
            raise Refused(findings.sorted()) from None
        raise


def _in_order(session: Session, register: str, held: Held) -> Held:
    """The register put in the order of its ids."""
    cell = taken_in("id", held.columns["id"])
    session.put_in_order(register, list(held.columns), cell)
    return replace(held, starts=starts(session.rows, quoted(input_name(register)), cell, held.most_rows) or ())


def _tells_of_damage(problem: duckdb.Error) -> bool:
    return type(problem) is duckdb.Error or isinstance(problem, UNREADABLE)


def _note_damage(register: str, problem: duckdb.Error, findings: Findings) -> None:
    """A finding for a file that cannot be read; any other problem is raised again."""
    if not _tells_of_damage(problem):
        raise problem
    findings.add("DATA-011", Where(file=register), register=register, problem=str(problem).splitlines()[0])
