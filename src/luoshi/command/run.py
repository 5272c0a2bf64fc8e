"""`luoshi run`: whole registers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.command import options, output
from luoshi.command.summary import budget_by_area, budget_by_measure
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.engines import sql
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="台账目录 · Registers."
)
@options.on_date
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="结果目录 · Results.")
@click.option("--memory-limit", metavar="4GB", help="内存上限 · Most memory the engine may use; it spills to disk.")
@click.option("--threads", type=click.IntRange(1), help="线程数 · Threads.")
@options.simulated
@options.language
@options.as_json
def command(
    pack_name: str,
    data: Path,
    on: date,
    out: Path,
    memory_limit: str | None,
    threads: int | None,
    as_if_in_force: bool,
    lang: str,
    as_json: bool,
) -> None:
    """对整套台账逐户逐人判定，写出每项结果、金额、不符合与不详的条件，以及按地区、政策、资金的预算。

    Decides whole registers: outcome, amount and masks of unmet and unknown conditions for every subject and measure,
    and budgets by area, measure and fund. Interrupting leaves nothing half-written; the same input gives the same bytes.
    """
    if memory_limit and not re.fullmatch(r"\d+(\.\d+)?\s*(MB|GB|MiB|GiB)", memory_limit):
        raise click.BadParameter(f"{memory_limit!r}: 4GB, 800MB", param_hint="--memory-limit")
    try:
        pack = load_pack(pack_name)
        with output.progress(quiet=as_json) as show:
            sql.run(
                pack,
                data,
                on,
                out,
                local=load_local_values(data, pack),
                as_if_in_force=as_if_in_force,
                memory_limit=memory_limit,
                threads=threads,
                progress=show,
            )
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    _report(pack, on, out, as_if_in_force, lang, as_json=as_json)


def _report(pack: Pack, on: date, out: Path, simulated: bool, lang: str, *, as_json: bool) -> None:
    by_measure, by_area = budget_by_measure(pack, out), budget_by_area(pack, out)
    if as_json:
        output.print_json(_json(pack, on, simulated, by_measure, by_area))
        return
    if simulated and not pack.policy.in_force(on):
        click.echo(say(lang, msg("Simulation: the policy is not in force.")))
    words = [
        say(lang, text) for text in (msg("eligible"), msg("undetermined"), msg("not eligible"), msg("amount (yuan)"))
    ]
    title = f"{pack.policy.title.say(lang)} {on}"
    rows = [(pack.measures[line.key].title.say(lang), *line.figures) for line in by_measure]
    output.print_table(title, [say(lang, msg("measure")), *words], rows)
    output.print_table("", [say(lang, msg("area")), *words], [(line.key, *line.figures) for line in by_area])
    click.echo(say(lang, msg("Results are in {folder}"), folder=out))


def _json(pack: Pack, on: date, simulated: bool, by_measure: Any, by_area: Any) -> dict[str, Any]:
    return {
        "pack": pack.policy.id,
        "pack_hash": pack.hash,
        "on": on.isoformat(),
        "simulated": simulated,
        "measures": [line.json("measure") for line in by_measure],
        "areas": [line.json("area") for line in by_area],
    }
