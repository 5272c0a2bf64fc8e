"""`luoshi check`: the findings of packs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.checking.review import review
from luoshi.rulebook.checking.soundness import soundness
from luoshi.rulebook.loading import try_load
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Refused
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@click.option("--review", "is_review", is_flag=True, help="另列审阅时会问的问题 · Also ask what a reviewer would.")
@click.option(
    "--text",
    "text_file",
    type=click.Path(path_type=Path),
    help="官方文本 · Hold the official text (.txt, .docx, .pdf) against the pack.",
)
@options.language
@options.as_json
def command(packs: tuple[str, ...], is_review: bool, text_file: Path | None, lang: str, as_json: bool) -> None:
    """检查政策包：结构、名称、类型、引用、表格的缺口与重叠，一次列出所有问题。

    Checks packs: shapes, names, types, references, gaps and overlaps of tables. All findings at once. Status 2 when
    there are errors. What a review asks is about the text and is no error. Given the official text, it also tells what
    was repaired in it, which clauses one of the two lacks, and which figures differ; that is no error either.
    """
    differences = _reading(text_file, lang, as_json=as_json)
    found: dict[str, list[Finding]] = {}
    errors = False
    for name in packs:
        loaded = try_load(name)
        errors = errors or bool(loaded.findings)
        found[name] = loaded.findings + (_looked_at(loaded.pack, is_review=is_review) if loaded.pack else [])
        found[name] += differences(loaded.pack or loaded.partial)
    if as_json:
        output.print_json({name: [output.finding_json(item) for item in items] for name, items in found.items()})
    else:
        for name, items in found.items():
            output.print_findings(items, lang)
            message = msg("{pack}: no findings") if not items else msg("{pack}: {count} findings")
            click.echo(say(lang, message, pack=name, count=len(items)))
    if errors:
        raise click.exceptions.Exit(output.BAD_INPUT)


def _looked_at(pack: Pack, *, is_review: bool) -> list[Finding]:
    return soundness(pack) + (review(pack) if is_review else [])


def _reading(file: Path | None, lang: str, *, as_json: bool) -> Callable[[Pack | None], list[Finding]]:
    """What tells the differences between the official text and a pack; without a text there are none."""
    if file is None:
        return lambda _pack: []
    from luoshi.rulebook.official.comparing import compare  # only now: reading Word and PDF takes large libraries
    from luoshi.rulebook.official.parsing import read_text

    try:
        text, repairs = read_text(file)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    return lambda pack: repairs + compare(text, pack) if pack else []
