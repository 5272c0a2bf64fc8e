"""Gives the registers of a run to Spark: in any order, as files or folders of files."""

from __future__ import annotations

import re
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException

from luoshi.rulebook.engines.sql.given.checking import Look
from luoshi.rulebook.engines.sql.given.reading import Given
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.on_spark.looking import look
from luoshi.rulebook.engines.sql.on_spark.session import Session
from luoshi.rulebook.engines.sql.on_spark.text import WORDS
from luoshi.rulebook.engines.sql.spelling.relations import input_name

DAMAGE = re.compile(r"\[(?:FAILED_READ_FILE|UNABLE_TO_INFER_SCHEMA|CANNOT_READ_FILE)[^\n]*")


class Taker:
    """Takes registers into a Spark session."""

    words = WORDS
    problems: tuple[type[Exception], ...] = (PySparkException, Py4JJavaError)

    def __init__(self, session: Session) -> None:
        self._session = session
        self.give_table, self.stored_types, self.rows = session.give_table, session.stored_types, session.rows

    def give_file(self, register: str, path: Path) -> None:
        """Take a register that is a Parquet file or a folder of them."""
        self._session.give_files(input_name(register), [path])

    def is_given(self, path: Path) -> bool:
        """Whether there is a file or a folder."""
        return path.exists()

    def look(self, register: str, columns: list[Given]) -> Look:
        """What a given table tells at first."""
        return look(self._session, register, columns)

    def settle(self, register: str, held: Held, look: Look) -> Held:
        """The register as it is: results are put in order when they are written."""
        return held

    def damage(self, problem: Exception) -> str | None:
        """What a problem says about damage in a file."""
        found = DAMAGE.search(str(problem))
        return found[0] if found else None
