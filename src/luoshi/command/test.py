"""`luoshi test`: the worked examples of packs."""

from __future__ import annotations

import click

from luoshi.command import options, output
from luoshi.rulebook.checking.testing import ENGINES, run_examples
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@click.option("--engine", "engines", multiple=True, type=click.Choice(list(ENGINES)), help="引擎 · Only this engine.")
@options.language
@options.as_json
def command(packs: tuple[str, ...], engines: tuple[str, ...], lang: str, as_json: bool) -> None:
    """在每个引擎上运行政策包自带的示例，指出与预期不符之处。

    Runs the worked examples of packs on every engine. Status 1 when one fails, 2 when a pack has findings.
    """
    report: dict[str, dict[str, list[str]]] = {}
    for name in packs:
        try:
            pack = load_pack(name)
        except Refused as refused:
            output.refuse(refused.findings, lang, as_json=as_json)
        report[name] = {}
        for tested in run_examples(pack, engines or tuple(ENGINES)):
            place = tested.example.place
            report[name][f"{place.file}:{place.line} {tested.example.name}"] = list(tested.problems)
    failed = [problem for examples in report.values() for problems in examples.values() for problem in problems]
    if as_json:
        output.print_json(report)
    else:
        _print(report, lang)
    if failed:
        raise click.exceptions.Exit(1)


def _print(report: dict[str, dict[str, list[str]]], lang: str) -> None:
    for name, examples in report.items():
        for example, problems in examples.items():
            if problems:
                click.echo(f"✗ {example}")
                for problem in problems:
                    click.echo(f"    {problem}")
        bad = sum(bool(problems) for problems in examples.values())
        message = msg("{pack}: {count} examples, {bad} failed")
        click.echo(say(lang, message, pack=name, count=len(examples), bad=bad))
