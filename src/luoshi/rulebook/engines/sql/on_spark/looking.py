"""A first look at a given table: everything that is learnt of its cells, in one scan."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.given.checking import Look, strange
from luoshi.rulebook.engines.sql.given.reading import Given
from luoshi.rulebook.engines.sql.on_spark.session import Session
from luoshi.rulebook.engines.sql.on_spark.text import WORDS, quoted
from luoshi.rulebook.engines.sql.spelling.relations import input_name
from luoshi.rulebook.model.types import Code, Date, Number


def look(session: Session, register: str, columns: list[Given]) -> Look:
    """What a given table tells."""
    probes = {}
    for given in columns:
        cell = quoted(given.name)
        probes["known", given.name] = f"count({cell})"
        if isinstance(given.type, Code):
            probes["strange", given.name] = f"count_if({strange(WORDS, given, given.type)})"
        if isinstance(given.type, Date | Number):
            for function in ("min", "max"):
                found = f"{function}({cell})"
                probes[function, given.name] = WORDS.as_text(found) if isinstance(given.type, Date) else found
    rows, *cells = session.rows(f"SELECT count(*), {', '.join(probes.values())} FROM {quoted(input_name(register))}")[0]
    told = dict(zip(probes, cells, strict=True))
    return Look(
        rows,
        {name: (told["min", name], told["max", name]) for function, name in told if function == "min"},
        {name for function, name in told if function == "known" and told[function, name] < rows},
        {name for function, name in told if function == "strange" and told[function, name]},
    )
