"""`luoshi install`: a pack and its registers into the service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.model.findings import Refused


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="台账目录 · Registers to load."
)
@click.option("--adopted", type=options.Day(), help="草案通过之日 · The day from which a draft holds here.")
@click.option("--document", help="通过草案的文件 · The document that adopts the draft.")
@click.option(
    "--keep-doubles", is_flag=True, help="主键重复的行照收并标记 · Take rows with a key twice, and mark them."
)
@click.option("--once", is_flag=True, help="已装则不动 · Nothing where the pack is installed.")
@options.on_date
@options.language
@options.as_json
def command(
    pack_name: str,
    data: Path | None,
    adopted: date | None,
    document: str | None,
    on: date,
    once: bool,
    keep_doubles: bool,
    lang: str,
    as_json: bool,
) -> None:
    """把政策包装进服务：建台账、装入数据、判定一遍。

    Installs a pack: tables for its registers, the rows in --data, all of it or nothing,
    and then runs it as of --on.
    A draft decides nothing until its adoption is recorded with --adopted and --document.
    """
    if (adopted is None) != (document is None):
        raise click.UsageError("--adopted 与 --document 须同用 · --adopted and --document stand together")
    from luoshi.office.config.opening import opened

    try:
        with opened():
            from luoshi.office.registry import errors as registry
            from luoshi.office.runs import actions, installing, jobs

            if once and installing.is_installed(pack_name):
                return
            adoption = actions.Adoption(adopted, document) if adopted and document else None
            try:
                loaded = installing.install(pack_name, data, adoption, by="system", keep_doubles=keep_doubles)
            except registry.Refused as wrong:
                raise click.ClickException(str(wrong)) from None
            jobs.order_waiting_proofs()
            run = actions.carry_out(actions.ask(pack_name, on, by="system").id)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    decided = dict(run.rows_decided)
    if as_json:
        output.print_json({"pack": pack_name, "loaded": dict(loaded), "run": run.id, "decided": decided})
        return
    rows = [(name, f"{count:,}", f"{decided[name]:,}" if name in decided else "") for name, count in loaded.items()]
    output.print_table(pack_name, ("台账 Register", "装入 Loaded", "判定 Decided"), rows)
