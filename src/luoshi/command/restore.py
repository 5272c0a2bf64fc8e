"""`luoshi restore`: a copy of the database back into a new installation."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.command import options, output


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@options.as_json
def command(file: Path, as_json: bool) -> None:
    """把备份恢复到新的安装目录（LUOSHI_DATA）；已有人使用的库不会被覆盖。

    Puts a copy back into a new installation (an empty LUOSHI_DATA with the keys of the old one), all of it or nothing.
    A database that was worked with is not written over.
    """
    from luoshi.office.config import environment
    from luoshi.office.config.opening import database
    from luoshi.office.database.copies import FILES, CopyFailed, put_back

    with database() as server:
        if server is None:
            raise click.UsageError(
                "DATABASE_URL 指向外部数据库，请用 pg_restore · names a database; use pg_restore there"
            )
        try:
            put_back(server, environment.read().data / FILES, file)
        except CopyFailed as problem:
            raise click.ClickException(str(problem)) from None
    if as_json:
        output.print_json({"file": str(file)})
        return
    click.echo(f"{file} → LUOSHI_DATA")
