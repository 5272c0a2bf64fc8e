"""What the commands print: tables aligned for Chinese, findings, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.wording.catalogue import describe

BAD_INPUT = 2


def console(*, error: bool = False) -> Console:
    """A console that never reads markup in what it prints and keeps lines whole when not on a terminal."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else 160
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_json(content: Any) -> None:
    """One JSON document."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table; numbers stand to the right."""
    listed = [[("" if cell is None else cell) for cell in row] for row in rows]
    table = Table(header_style="bold")
    for index, name in enumerate(columns):
        numeric = bool(listed) and all(_is_number(row[index]) for row in listed)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    if title:
        console().print(Text(title, "italic"), soft_wrap=True)
    console().print(table)


def _is_number(cell: Any) -> bool:
    return cell == "" or (isinstance(cell, int | float) and not isinstance(cell, bool)) or hasattr(cell, "as_tuple")


def _cell(cell: Any) -> str:
    return f"{cell:,}" if _is_number(cell) and cell != "" else str(cell)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON, worded in both languages."""
    (zh, do_zh), (en, do_en) = describe(finding, "zh"), describe(finding, "en")
    where = finding.where
    return {
        "code": finding.code,
        "file": where.file,
        "line": where.line,
        "clause": where.clause,
        "message": {"zh": zh, "en": en},
        "remedy": {"zh": do_zh, "en": do_en},
    }


def print_findings(findings: Iterable[Finding], lang: str, *, error: bool = False) -> None:
    """Each finding on two lines: where and what, then what to do."""
    out = console(error=error)
    for finding in findings:
        message, remedy = describe(finding, lang)
        out.print(Text.assemble((f"{finding.where} ", "bold"), (finding.code, "red"), f" {message}"))
        out.print(Text(f"    → {remedy}", "dim"))


def refuse(findings: Sequence[Finding], lang: str, *, as_json: bool) -> NoReturn:
    """Report bad input and end with status 2."""
    if as_json:
        print_json({"findings": [finding_json(finding) for finding in findings]})
    else:
        print_findings(findings, lang, error=True)
    raise click.exceptions.Exit(BAD_INPUT)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on the error stream: call it with steps done, steps in all, and what was done last."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console(error=True),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, label: bar.update(task, completed=done, total=total, description=label)
