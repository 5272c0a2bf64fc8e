"""`luoshi simulate`: what a change would cost, over whole registers or for one case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.command.run_report import area_names
from luoshi.command.simulation.asked import Asked, Options, read_options
from luoshi.command.simulation.case_report import CaseReport, case_json
from luoshi.command.simulation.folder import SimulationFolder
from luoshi.command.simulation.names import Names
from luoshi.command.simulation.report import Report
from luoshi.rulebook.cases.case_file import load_case
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.model.findings import Finding, Refused, Where
from luoshi.rulebook.running import RunOptions
from luoshi.rulebook.simulating import simulate, simulate_case, trial, vary

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option("--data", type=FOLDER, help="台账目录 · Registers to simulate over.")
@click.option("--case", "case_file", type=click.Path(path_type=Path), help="个案文件 · One case instead of registers.")
@options.on_date
@click.option(
    "--set", "settings", multiple=True, metavar="ID=VALUE", help="改一个参数或解读，ID@地区=值 只改一地 · Set a value."
)
@click.option("--without", multiple=True, metavar="NAME", help="停用措施或条件 · Off: MEASURE or MEASURE.CONDITION.")
@click.option("--again", multiple=True, metavar="MEASURE", help="重新启用已到期的措施 · On again, whatever its time.")
@click.option("--after-on", type=options.Day(), help="改后的基准日 · The as-of date afterwards.")
@click.option("--with", "edited", metavar="FOLDER", help="改过的政策包 · An edited pack, compared block by block.")
@click.option(
    "--vary",
    "varied",
    metavar="ID=FROM:TO:STEP",
    help="逐值试算，画成本曲线 · Cost curve of a parameter, with its cliff.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="结果目录 · Results.")
@click.option("--memory-limit", metavar="4GB", help="内存上限，默认 2GB · Most memory to use; the rest goes to disk.")
@click.option("--threads", type=click.IntRange(1), help="线程数 · Threads.")
@options.simulated
@options.language
@options.as_json
def command(
    pack_name: str,
    data: Path | None,
    case_file: Path | None,
    on: date,
    settings: tuple[str, ...],
    without: tuple[str, ...],
    again: tuple[str, ...],
    after_on: date | None,
    edited: str | None,
    varied: str | None,
    out: Path | None,
    memory_limit: str | None,
    threads: int | None,
    as_if_in_force: bool,
    lang: str,
    as_json: bool,
) -> None:
    """试算：改参数、停用条件、换日期或换一份改过的政策包，要多花多少钱，谁新符合、谁不再符合，因哪一条。

    Simulates a change: the cost before and after, who becomes eligible and who no longer is, what stays undetermined,
    by area, measure, fund and payer, with the clause behind each change; tables as Excel and Parquet, charts as SVG and
    PNG. With --case one household goes through both. A draft is decided as if it were in force. A change that changes
    nothing is refused.
    """
    asked = Options(pack_name, on, settings, without, again, after_on, edited, varied, as_if_in_force)
    try:
        if case_file is not None:
            _check_case(data, out, varied)
            _tell_case(asked, case_file, lang, as_json=as_json)
        else:
            place = _place(data, out, memory_limit)
            how = RunOptions(memory_limit=memory_limit, threads=threads, folder=options.code_folder())
            _simulate(asked, place, how, lang, as_json=as_json)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)


@dataclass(frozen=True)
class _Place:
    """Where the data are, and where the results go."""

    data: Path
    out: Path


def _check_case(data: Path | None, out: Path | None, varied: str | None) -> None:
    if data is not None or out is not None or varied is not None:
        raise click.UsageError("--case 不与 --data、--out、--vary 同用 · --case stands without --data, --out, --vary")


def _place(data: Path | None, out: Path | None, memory_limit: str | None) -> _Place:
    if data is None or out is None:
        raise click.UsageError("请给 --data 和 --out，或给 --case · Give --data and --out, or --case")
    if memory_limit and not re.fullmatch(r"\d+(\.\d+)?\s*(MB|GB|MiB|GiB)", memory_limit):
        raise click.BadParameter(f"{memory_limit!r}: 4GB, 800MB", param_hint="--memory-limit")
    return _Place(data, out)


def _tell_case(typed: Options, case_file: Path, lang: str, *, as_json: bool) -> None:
    asked = read_options(typed, lambda pack: load_case(case_file, pack).local)
    cases = load_case(case_file, asked.before.pack), load_case(case_file, asked.after.pack)
    if any(case.subject is None for case in cases):
        raise Refused([Finding("CASE-019", Where(case_file.name), {"known": sorted(asked.before.pack.registers)})])
    done = simulate_case(asked.before, asked.after, cases)
    if as_json:
        output.print_json(case_json(done, asked.before, asked.after))
    else:
        CaseReport(Names(asked.before, asked.after, {}, lang), done).tell()


def _simulate(typed: Options, place: _Place, run: RunOptions, lang: str, *, as_json: bool) -> None:
    asked = read_options(typed, partial(load_local_values, place.data))
    names = Names(asked.before, asked.after, area_names(place.data), lang)
    try:
        with SimulationFolder(place.out) as folder, output.progress(quiet=as_json) as show:
            report = _computed(asked, names, place.data, folder, RunOptions(**run, progress=show))
            _write(report, folder.result)
    except FileExistsError:
        message = f"{place.out} 中有其他文件，不会覆盖 · holds other files and is not written over"
        raise click.BadParameter(message, param_hint="--out") from None
    except MemoryError as problem:
        message = f"内存不够，请放宽 · not enough memory, allow more: {problem}"
        raise click.BadParameter(message, param_hint="--memory-limit") from None
    if as_json:
        output.print_json(report.json())
    else:
        report.tell(place.out)


def _computed(asked: Asked, names: Names, data: Path, folder: SimulationFolder, run: RunOptions) -> Report:
    tried = trial(asked.after, asked.range) if asked.range is not None else None
    done = None
    if asked.changes_something:
        done = simulate(asked.before, asked.after, data, folder.spill, folder.result, **run)
    return Report(names, done, vary(tried, data, folder.spill, **run) if tried is not None else None)


def _write(report: Report, out: Path) -> None:
    """Write workbook and charts. What draws takes a second to load, and only here."""
    from luoshi.command.simulation.drawings import draw
    from luoshi.command.simulation.workbook import write_workbook

    report.write_curve(out)
    write_workbook(out / "simulation.xlsx", report.sheets())
    draw(report.names, report.simulation, report.curve, out)
