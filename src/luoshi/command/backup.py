"""`luoshi backup`: the whole installation in one file."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.command import options, output


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.as_json
def command(file: Path, as_json: bool) -> None:
    """把整个数据库和上传的附件备份为一个文件；加密字段的密钥不在其中，须另行保管。

    Writes the database as it is at one moment, and the files that people uploaded, to FILE (a tar archive), also while
    people work. The keys that seal fields (LUOSHI_DATA/keys) are not in it: keep them elsewhere, for without them the
    sealed fields cannot be opened.
    """
    from luoshi.office.config import environment
    from luoshi.office.config.opening import database
    from luoshi.office.database.copies import FILES, CopyFailed, write_copy

    with database() as server:
        if server is None:
            raise click.UsageError("DATABASE_URL 指向外部数据库，请用 pg_dump · names a database; use pg_dump there")
        try:
            size = write_copy(server, environment.read().data / FILES, file)
        except FileExistsError:
            raise click.BadParameter(f"{file} 已存在，不会覆盖 · exists and is not written over") from None
        except CopyFailed as problem:
            raise click.ClickException(str(problem)) from None
    if as_json:
        output.print_json({"file": str(file), "bytes": size})
        return
    click.echo(f"{file}  {size:,} B")
