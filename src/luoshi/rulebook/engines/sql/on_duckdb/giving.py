"""Gives the registers of a run to DuckDB: in the order of their ids, and with damage told of whenever it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.engines.sql.given import taking
from luoshi.rulebook.engines.sql.given.checking import Look
from luoshi.rulebook.engines.sql.given.reading import Given
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.on_duckdb.looking import look
from luoshi.rulebook.engines.sql.on_duckdb.ordering import starts
from luoshi.rulebook.engines.sql.on_duckdb.session import Session
from luoshi.rulebook.engines.sql.on_duckdb.steps import taken_in
from luoshi.rulebook.engines.sql.on_duckdb.text import WORDS, quoted
from luoshi.rulebook.engines.sql.spelling.relations import input_name
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused

UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.NotImplementedException)


class Taker:
    """Takes registers into a DuckDB session."""

    words = WORDS
    problems: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self, session: Session) -> None:
        self._session = session
        self.give_table, self.give_file = session.give_table, session.give_file
        self.stored_types, self.rows = session.stored_types, session.rows

    def is_given(self, path: Path) -> bool:
        """Whether there is a file."""
        return path.is_file()

    def look(self, register: str, columns: list[Given]) -> Look:
        """What a given table tells at first."""
        return look(self._session, register, columns)

    def settle(self, register: str, held: Held, look: Look) -> Held:
        """The register put in the order of its ids, if need be."""
        if look.rises:
            return held
        cell = taken_in("id", held.columns["id"])
        self._session.put_in_order(register, list(held.columns), cell)
        return replace(held, starts=starts(self.rows, quoted(input_name(register)), cell, held.most_rows) or ())

    def damage(self, problem: Exception) -> str | None:
        """What a problem says about damage in a file."""
        tells = type(problem) is duckdb.Error or isinstance(problem, UNREADABLE)
        return str(problem).splitlines()[0] if tells else None


def give(session: Session, pack: Pack, source: Path | Mapping[str, pa.Table]) -> list[str]:
    """Give the session every register of the pack that the source has; their names, or `Refused`."""
    return taking.give(Taker(session), pack, source)


def held_registers(session: Session, asked: Asked, given: Iterable[str]) -> dict[str, Held]:
    """The registers that a run reads, with what their columns are like, or `Refused` with every finding."""
    return taking.held_registers(Taker(session), asked, given)


@contextmanager
def damage_found(session: Session, held: Mapping[str, Held]) -> Iterator[None]:
    """Damage in a file may show only when all of its cells are read: `Refused`, with the registers that have some."""
    try:
        yield
    except duckdb.Error as problem:
        findings, taker = Findings(), Taker(session)
        for register, found in held.items() if taker.damage(problem) else ():
            try:
                counts = ", ".join(f"count({quoted(column)})" for column in found.columns)
                session.rows(f"SELECT {counts} FROM {quoted(input_name(register))}")
            except duckdb.Error as damage:
                taking.note_damage(taker, register, damage, findings)
        if findings:
            raise Refused(findings.sorted()) from None
        raise
