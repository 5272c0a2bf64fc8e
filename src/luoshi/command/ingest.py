"""`luoshi ingest`: registers are taken in once, for many runs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.engines import native
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Refused


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="台账目录 · Registers."
)
@click.option("--threads", type=click.IntRange(1), help="线程数 · Threads.")
@options.language
@options.as_json
def command(pack_name: str, data: Path, threads: int | None, lang: str, as_json: bool) -> None:
    """把台账检查并整理一次，存放在台账目录下的 .kept 中；以后的批量判定直接使用，台账改动后自动失效。

    Checks registers and puts what the rules of a pack read of them in order, once: later runs of the native engine map
    it instead of reading the registers again. It lies in .kept beside the registers and holds until they change.
    """
    try:
        pack = load_pack(pack_name, examples=False)
        kept = native.ingest(native.Wish(pack, native.Wanted(), data), threads or os.cpu_count() or 1)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    size = sum(path.stat().st_size for path in kept.iterdir())
    if as_json:
        output.print_json({"pack": pack.policy.id, "kept": str(kept), "bytes": size})
    else:
        click.echo({"zh": f"已整理到 {kept}，{size:,} 字节", "en": f"Kept in {kept}, {size:,} bytes"}[lang])
