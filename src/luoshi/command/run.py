"""`luoshi run`: whole registers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.command import options, output
from luoshi.command.run_report import Done, RunReport
from luoshi.command.spark import run_on_spark
from luoshi.rulebook import running
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="台账目录 · Registers."
)
@options.on_date
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="结果目录 · Results.")
@click.option("--memory-limit", metavar="4GB", help="内存上限，默认 2GB · Most memory to use; the rest goes to disk.")
@click.option("--threads", type=click.IntRange(1), help="线程数 · Threads.")
@click.option(
    "--engine",
    type=click.Choice(["native", "duckdb", "spark"]),
    help="引擎，默认 native，内存不够时 duckdb · Engine: native, or duckdb where memory does not suffice.",
)
@click.option("--master", default="local[*]", show_default=True, help="Spark 主节点 · Spark master.")
@click.option("--conf", multiple=True, metavar="KEY=VALUE", help="Spark 设置，可重复 · Spark setting, repeatable.")
@options.simulated
@options.language
@options.as_json
def command(
    pack_name: str, data: Path, on: date, out: Path, as_if_in_force: bool, lang: str, as_json: bool, **how: Any
) -> None:
    """对整套台账逐户逐人判定，写出每项结果、金额、不符合与不详的条件，以及按地区、政策、资金的预算。

    Decides whole registers: outcome, amount and masks of unmet and unknown conditions for every subject and measure,
    and budgets by area, measure and fund. Interrupting leaves nothing half-written; the same input gives the same
    bytes. Rules become machine code, which is kept for the next run; where the memory allowed does not suffice, DuckDB
    puts on disk what does not fit. With --engine spark the registers may be folders that every machine of a cluster
    sees.
    """
    memory = how["memory_limit"]
    if memory and not re.fullmatch(r"\d+(\.\d+)?\s*(MB|GB|MiB|GiB)", memory):
        raise click.BadParameter(f"{memory!r}: 4GB, 800MB", param_hint="--memory-limit")
    try:
        pack = load_pack(pack_name, examples=False)
        local = load_local_values(data, pack)
        with output.progress(quiet=as_json) as show:
            _decide(pack, data, on, out, how, local=local, as_if_in_force=as_if_in_force, progress=show)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    except FileExistsError:
        message = f"{out} 中有其他文件，不会覆盖 · holds other files and is not written over"
        raise click.BadParameter(message, param_hint="--out") from None
    except MemoryError as problem:
        message = f"内存不够，请放宽 · not enough memory, allow more: {problem}"
        raise click.BadParameter(message, param_hint="--memory-limit") from None
    report = RunReport(Done(pack, on, data, out, local, as_if_in_force))
    if as_json:
        output.print_json(report.json())
    else:
        report.tell(lang)


def _decide(pack: Pack, data: Path, on: date, out: Path, how: Mapping[str, Any], **asked: Any) -> None:
    """Run on the engine that is asked for."""
    memory, threads = how["memory_limit"], how["threads"]
    if how["engine"] == "spark":
        run_on_spark(pack, data, on, out, master=how["master"], conf=how["conf"], memory=memory, **asked)
    elif how["engine"] == "duckdb":
        sql.run(pack, data, on, out, memory_limit=memory, threads=threads, **asked)
    else:
        decide = native.run if how["engine"] == "native" else running.run
        decide(pack, data, on, out, memory_limit=memory, threads=threads, folder=options.code_folder(), **asked)
