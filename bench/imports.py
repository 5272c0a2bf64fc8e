"""An import of a hundred thousand rows: how long from the file to the register, again with every row changed, and back.

    LUOSHI_DATA=/tmp/bench python -m bench.imports --rows 100000

Works on an instance in which the pack was installed (see docs), and leaves it as it was: the imports are undone. Prints
one table of Markdown.
"""

from __future__ import annotations

import io
import os
import random
import time
from collections.abc import Iterator
from typing import Any

import click
import xlsxwriter

from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId
from luoshi.rulebook.values.credit_code import BadCreditCode, CreditCode

PACK, REGISTER = "dingxi-2018", "workshop"


@click.command()
@click.option("--rows", default=100_000, show_default=True)
def main(rows: int) -> None:
    """Import, change everything, undo both."""
    from luoshi.office.config import opening

    os.environ["DJANGO_SETTINGS_MODULE"] = opening.SETTINGS
    with opening.database():
        import django

        django.setup()
        _run(rows)


def _run(rows: int) -> None:
    from luoshi.office.exchange import actions, working
    from luoshi.office.runs import library

    pack = library.pack(PACK)
    area = pack.policy.jurisdiction or ""
    times: list[tuple[str, float]] = []
    done, columns = [], 0
    for turn, word in enumerate(("new rows", "every row changed")):
        content, columns = _workbook(pack, rows, turn)
        done.append(_import(pack, content, area, word, times))
    for work in reversed(done):
        actions.undo(work, "bench", by="bench", now=_now())
        _timed(f"undone {work.id}", times, working.undo, work.id)
        work.refresh_from_db()
        assert work.state == "undone", (work.state, work.problem)
    print(f"\n{rows:,} rows x {columns} columns\n\n| step | seconds |\n|---|---|")
    for name, seconds in times:
        print(f"| {name} | {seconds:.1f} |")


def _import(pack: Any, content: bytes, area: str, word: str, times: list[tuple[str, float]]) -> Any:
    from luoshi.office.exchange import actions, working

    work, _ = _timed(f"{word}: file kept", times, _receive, pack, content, area)
    _timed(f"{word}: read and checked", times, working.check, work.id)
    work.refresh_from_db()
    assert work.state == "ready", (work.state, work.faults_by_kind, work.problem)
    actions.accept(work, by="bench", now=_now())
    _timed(f"{word}: written", times, working.take_in, work.id)
    work.refresh_from_db()
    assert work.state == "accepted", (work.state, work.problem)
    return work


def _timed(name: str, times: list[tuple[str, float]], do: Any, *given: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    found = do(*given)
    times.append((name, time.perf_counter() - began))
    print(f"{name}: {times[-1][1]:.1f} s", flush=True)
    return found, times[-1][1]


def _receive(pack: Any, content: bytes, area: str) -> Any:
    from luoshi.office.exchange import actions
    from luoshi.office.exchange.actions import Given

    return actions.receive(pack, REGISTER, Given("车间.xlsx", content), area=area, by="bench", now=_now())[0]


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _workbook(pack: Any, rows: int, turn: int) -> tuple[bytes, int]:
    from luoshi.office.exchange.books import form_of

    fields = form_of(pack, REGISTER).fields
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("车间")
    sheet.write_row(0, 0, [field.title.zh for field in fields])
    for number, row in enumerate(_rows(fields, rows, turn), 1):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue(), len(fields)


def _rows(fields: Any, rows: int, turn: int) -> Iterator[list[Any]]:
    from django.db import connection

    from luoshi.office.database.keys import secrecy

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM common.area WHERE length(id) = 12 AND starts_with(id, '6211') ORDER BY id")
        villages = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT citizen_id FROM common.person WHERE NOT _double AND starts_with(_area_code, '6211')")
        people = list(filter(_is_citizen, (secrecy().open(bytes(c), "common.person.citizen_id") for (c,) in cursor)))
        cursor.execute("SELECT credit_code FROM common.organisation WHERE starts_with(_area_code, '6211')")
        firms = [code for (code,) in cursor if _is_firm(code)]
    given = random.Random(1 + turn)
    for number in range(rows):
        special = {
            "name": f"样车间{number:06}", "area": villages[number % len(villages)], "operator": given.choice(firms),
            "founder": given.choice(people), "certificate_number": f"证{number + turn:08}",
        }  # fmt: skip
        yield [special.get(field.name) or _cell(field, given) for field in fields]


def _is_citizen(text: str) -> bool:
    try:
        return bool(CitizenId.parse(text))
    except BadCitizenId:
        return False


def _is_firm(text: str) -> bool:
    try:
        return bool(CreditCode.parse(text))
    except BadCreditCode:
        return False


def _cell(field: Any, given: random.Random) -> Any:
    if field.codes:
        return given.choice([title.zh for title in field.codes.values()])
    kind = type(field.column.type).__name__
    if kind == "Bool":
        return given.choice(("是", "否"))
    if kind == "Date":
        return f"{given.randint(2016, 2020)}-{given.randint(1, 12):02}-{given.randint(1, 28):02}"
    return str(given.randint(1, 999)) if kind == "Number" else "样例"


if __name__ == "__main__":
    main()
