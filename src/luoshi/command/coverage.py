"""`luoshi coverage`: the norms of a pack by kind."""

from __future__ import annotations

import click

from luoshi.command import options, output
from luoshi.rulebook.checking.coverage import coverage, empty_clauses, uncovered
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Norm
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("pack_name", metavar="PACK")
@click.option("--all", "list_all", is_flag=True, help="逐条列出 · List every norm.")
@options.language
@options.as_json
def command(pack_name: str, list_all: bool, lang: str, as_json: bool) -> None:
    """按类别统计政策条款的覆盖情况，并列出未落实的条款。

    Counts the norms of a pack by kind, covered or not, and lists those that nothing carries out. A clause without any
    norm or block counts as one that is not covered.
    """
    try:
        pack = load_pack(pack_name)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    kinds, open_norms, empty = coverage(pack), uncovered(pack.norms), empty_clauses(pack)
    if as_json:
        output.print_json(
            {
                "pack": pack.policy.id,
                "clauses": len([name for name in pack.clauses if ":" not in name]),
                "kinds": [{"kind": kind.kind, "norms": kind.norms, "covered": kind.covered} for kind in kinds],
                "uncovered": [norm.id for norm in open_norms],
                "empty": empty,
                "norms": [_norm_json(norm) for norm in pack.norms] if list_all else None,
            }
        )
        return
    total = sum(kind.norms for kind in kinds) + len(empty)
    covered = sum(kind.covered for kind in kinds)
    rows = [(kind.kind, kind.norms, kind.covered, _percent(kind.covered, kind.norms)) for kind in kinds]
    if empty:
        rows.append((say(lang, msg("clauses without a norm or block")), len(empty), 0, _percent(0, len(empty))))
    columns = [say(lang, text) for text in (msg("kind"), msg("norms"), msg("covered"), msg("share"))]
    output.print_table(
        pack.policy.title.say(lang),
        columns,
        [*rows, (say(lang, msg("all")), total, covered, _percent(covered, total))],
    )
    listed = pack.norms if list_all else open_norms
    for norm in listed:
        click.echo(f"{norm.id}  {norm.kind}  {norm.text.say(lang)}  → {', '.join(norm.by) or '-'}")
    for name in empty:
        click.echo(f"{name}  {pack.clauses[name].title.say(lang)}")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _norm_json(norm: Norm) -> dict[str, object]:
    return {
        "id": norm.id,
        "kind": norm.kind,
        "force": norm.force,
        "zh": norm.text.zh,
        "en": norm.text.en,
        "by": list(norm.by),
    }
