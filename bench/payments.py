"""A large payment batch: how long from the list to the bank's answer.

    python -m bench.payments --lines 10000

The database is one of the tests' own. Prints a table of Markdown.
"""

from __future__ import annotations

import os
import subprocess
import sys

import click

TEST = "tests/office/treasury/test_large_batch.py"


@click.command()
@click.option("--lines", default=10_000, show_default=True, help="How many people are paid.")
def main(lines: int) -> None:
    """Pay so many people in one batch."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "--timeout=0", TEST]
    click.echo(f"{lines:,} payments\n\n| step | seconds |\n|---|---|")
    sys.exit(subprocess.run(command, env=os.environ | {"LUOSHI_LINES": str(lines)}, check=False).returncode)


if __name__ == "__main__":
    main()
