"""`luoshi decide`: one case, with reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.command import options, output
from luoshi.command.telling import tell
from luoshi.rulebook.cases.case_file import load_case
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Refused, Where


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option("--case", "case_file", required=True, type=click.Path(path_type=Path), help="个案文件 · The case, YAML.")
@options.on_date
@click.option("--measure", help="只判定这一项 · Only this measure.")
@options.simulated
@options.language
@options.as_json
def command(
    pack_name: str,
    case_file: Path,
    on: date,
    measure: str | None,
    as_if_in_force: bool,
    lang: str,
    as_json: bool,
) -> None:
    """判定一个个案，逐项说明理由：条件、条款、比较的数值、金额怎样算出、缺什么、改变什么会有不同结果。

    Decides one case and gives reasons: each condition with its clause, the values compared, the arithmetic of the
    amount, what is missing and what would change the outcome. Status 0 for any decision, 2 for bad input.
    """
    try:
        report = _decide(load_pack(pack_name, examples=False), case_file, on, measure, as_if_in_force)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    if as_json:
        output.print_json(report)
    else:
        tell(report, lang)


def _decide(pack: Pack, case_file: Path, on: date, measure: str | None, as_if_in_force: bool) -> dict[str, Any]:
    case = load_case(case_file, pack)
    where = Where(case_file.name)
    if case.subject is None:
        raise Refused([Finding("CASE-019", where, {"known": sorted(pack.registers)})])
    if measure is not None and measure not in pack.measures:
        raise Refused([Finding("CASE-020", where, {"name": measure, "near": near(measure, pack.measures)})])
    engine = CaseEngine(pack, on, Settings(pack, on, case.local), as_if_in_force=as_if_in_force)
    decision = engine.decide(case.store, case.subject, case.subject_id)
    return Reporter(pack, on, simulated=as_if_in_force).decision(decision, measure)
