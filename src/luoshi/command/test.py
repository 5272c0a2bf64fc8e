"""`luoshi test`: the worked examples of packs."""

from __future__ import annotations

from typing import Any

import click

from luoshi.command import options, output
from luoshi.command.thoroughness import Thoroughness
from luoshi.rulebook.checking.testing import ENGINES, run_examples
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@click.option("--engine", "engines", multiple=True, type=click.Choice(list(ENGINES)), help="引擎 · Only this engine.")
@click.option("--mutants", is_flag=True, help="能否察觉规则的细小改动 · Whether small changes of rules are noticed.")
@click.option("--tried", is_flag=True, help="示例试过哪些界限 · Which thresholds the examples have tried.")
@click.option("--every", type=click.IntRange(min=1), default=1, help="每隔几个改动试一个 · Try one mutant in so many.")
@click.option("--propose", is_flag=True, help="建议补充的示例 · Propose examples that close the gaps.")
@options.language
@options.as_json
def command(packs: tuple[str, ...], engines: tuple[str, ...], lang: str, as_json: bool, **looking: Any) -> None:
    """在每个引擎上运行政策包自带的示例，指出与预期不符之处。

    Runs the worked examples of packs on every engine. Status 1 when one fails, 2 when a pack has findings. With
    --mutants or --tried it tells instead what the examples would not notice; with --propose, which would close the
    gaps: what they expect is what the engines answer today, for people to confirm.
    """
    if looking["mutants"] or looking["tried"]:
        _look(packs, lang, as_json=as_json, **looking)
        return
    if looking["propose"]:
        raise click.UsageError("--propose 须与 --mutants 或 --tried 同用 · --propose stands with --mutants or --tried")
    report: dict[str, dict[str, list[str]]] = {}
    for name in packs:
        pack = _load(name, lang, as_json=as_json)
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


def _load(name: str, lang: str, *, as_json: bool) -> Pack:
    try:
        return load_pack(name)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)


def _look(
    packs: tuple[str, ...], lang: str, *, as_json: bool, mutants: bool, tried: bool, every: int, propose: bool
) -> None:
    report = {}
    for name in packs:
        found = Thoroughness(_load(name, lang, as_json=as_json), every, with_mutants=mutants, with_tried=tried)
        found.find()
        proposed = list(found.proposals()) if propose else []
        report[name] = found.json() | ({"proposed": proposed} if propose else {})
        if not as_json:
            found.print(lang)
            for text in proposed:
                click.echo(text)
    if as_json:
        output.print_json(report)


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
