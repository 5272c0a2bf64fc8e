"""`luoshi check`: the findings of packs."""

from __future__ import annotations

import click

from luoshi.command import options, output
from luoshi.rulebook.checking.reviewing import review
from luoshi.rulebook.loading import try_load
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@options.language
@options.as_json
def command(packs: tuple[str, ...], lang: str, as_json: bool) -> None:
    """检查政策包：结构、名称、类型、引用、表格的缺口与重叠，一次列出所有问题。

    Checks packs: shapes, names, types, references, gaps and overlaps of tables. All findings at once. Status 2 when
    there are errors.
    """
    found: dict[str, list[Finding]] = {}
    errors = False
    for name in packs:
        loaded = try_load(name)
        errors = errors or bool(loaded.findings)
        found[name] = loaded.findings + (review(loaded.pack) if loaded.pack else [])
    if as_json:
        output.print_json({name: [output.finding_json(item) for item in items] for name, items in found.items()})
    else:
        for name, items in found.items():
            output.print_findings(items, lang)
            message = msg("{pack}: no findings") if not items else msg("{pack}: {count} findings")
            click.echo(say(lang, message, pack=name, count=len(items)))
    if errors:
        raise click.exceptions.Exit(output.BAD_INPUT)
