"""`luoshi sample`: a synthetic city for a pack."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording import msg, say
from luoshi.sampling import Summary, load_plan
from luoshi.sampling import sample as write_sample


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option("--scale", default=1.0, show_default=True, help="规模，1 为全市 · 1 is a whole city.")
@click.option("--seed", default=1, show_default=True, help="种子 · The same seed gives the same city.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="输出目录 · Folder to write."
)
@options.language
@options.as_json
def command(pack_name: str, scale: float, seed: int, out: Path, lang: str, as_json: bool) -> None:
    """按政策包的 sample.yaml 生成一座合成城市：台账、未知值、埋入的异常。

    Samples a synthetic city as Parquet from the pack's own sample.yaml: registers, unknown values, planted
    irregularities (listed in a side file). No number in it is a real person's.
    """
    try:
        summary = _sample(pack_name, scale, seed, out, quiet=as_json)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    if as_json:
        output.print_json(
            {"folder": str(summary.folder), "rows": summary.rows, "irregularities": summary.irregularities}
        )
        return
    columns = [say(lang, msg("register")), say(lang, msg("rows"))]
    output.print_table(say(lang, msg("Sampled city in {folder}"), folder=summary.folder), columns, summary.rows.items())
    columns = [say(lang, msg("planted irregularity")), say(lang, msg("rows"))]
    output.print_table("", columns, summary.irregularities.items())


def _sample(pack_name: str, scale: float, seed: int, out: Path, *, quiet: bool) -> Summary:
    pack = load_pack(pack_name, examples=False)
    ready = load_plan(find_folder(pack_name), pack)
    with output.progress(quiet=quiet) as show:
        done = 0

        def tick(register: str, rows: int) -> None:
            nonlocal done
            done += 1
            show(done, len(ready.plan.registers), register)

        return write_sample(pack, ready, scale, seed, out, tick)
