"""Prints the text of the measures for one of the peers, so that it can be judged.

python -m bench.rules.show openfisca_idiomatic person
"""

from __future__ import annotations

import json

import click

from bench.rules import numpy_text, openfisca_text, sql_text, zen_text
from bench.rules.reading import SUBJECTS, rules

TEXTS = {
    "numpy": numpy_text.block_function,
    "duckdb": sql_text.judged,
    "openfisca_idiomatic": openfisca_text.idiomatic,
    "openfisca_lean": openfisca_text.lean,
    "zen": lambda found, register: json.dumps(zen_text.decision(found, register), indent=1),
}


@click.command()
@click.argument("peer", type=click.Choice(list(TEXTS)))
@click.argument("register", type=click.Choice(SUBJECTS))
def main(peer: str, register: str) -> None:
    """Print the rules of REGISTER as PEER gets them."""
    click.echo(TEXTS[peer](rules(), register))


if __name__ == "__main__":
    main()
