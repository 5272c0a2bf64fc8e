"""`luoshi worker`: background jobs alone."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--concurrency", default=1, show_default=True, type=click.IntRange(1), help="并行作业数 · Jobs at a time."
)
def command(concurrency: int) -> None:
    """只运行后台作业，直到按 Ctrl-C；网页服务另行启动。

    Runs background jobs alone, until Ctrl-C. For more machines beside the one that serves pages.
    """
    from luoshi.office.config.opening import opened
    from luoshi.office.config.processes import Children, worker

    with opened() as server:
        Children({"worker": worker(concurrency)}, server).keep(lambda: click.echo("worker", err=True))
