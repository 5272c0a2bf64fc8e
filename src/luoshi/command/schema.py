"""`luoshi schema`: what editors need to know about blocks."""

from __future__ import annotations

from typing import Any

import click

from luoshi.command import options, output
from luoshi.rulebook.schemas import blocks
from luoshi.sampling.plan_schema import plan_schema

SAMPLE = "sample"
KINDS = (*blocks.KINDS, SAMPLE)


@click.command()
@click.argument("kind", required=False, metavar="[KIND]", type=click.Choice(KINDS))
@options.as_json
def command(kind: str | None, as_json: bool) -> None:
    """输出 JSON Schema：某类区块、policy（policy.yaml）或 sample（sample.yaml）；不写类别则列出全部类别的。

    Prints the JSON Schema of a kind of block, of policy for policy.yaml or sample for sample.yaml; without KIND, all of
    them by kind. Editors use them to complete keys and to warn early. It is JSON with or without --json.
    """
    output.print_json(schema_of(kind) if kind else {name: schema_of(name) for name in KINDS})


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of block, of policy.yaml or of sample.yaml."""
    return plan_schema() if kind == SAMPLE else blocks.schema_of(kind)
