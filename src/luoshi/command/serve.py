"""`luoshi serve`: the web service."""

from __future__ import annotations

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 · Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="端口 · Port.")
@click.option("--web-workers", default=2, show_default=True, type=click.IntRange(1), help="网页进程数 · Web processes.")
@click.option("--with-worker/--without-worker", default=True, show_default=True, help="同时运行后台作业 · Jobs too.")
def command(host: str, port: int, web_workers: int, with_worker: bool) -> None:
    """启动网页服务和后台作业，直到按 Ctrl-C。

    Runs the web service, and the worker, until Ctrl-C. The database is the one that DATABASE_URL names, else one of its
    own in the folder LUOSHI_DATA, started and stopped with the service. What ends by itself is started again.
    """
    from luoshi.office.config.opening import opened
    from luoshi.office.config.processes import LONG, QUICK, Children, web, worker

    with opened() as server:
        commands = {"web": web(host, port, web_workers)}
        if with_worker:
            commands |= {"worker": worker(1, QUICK), "runner": worker(1, LONG)}
        Children(commands, server).keep(lambda: click.echo(f"http://{host}:{port}/", err=True))
