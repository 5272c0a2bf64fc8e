"""`luoshi accounts`: opens the accounts of a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from luoshi.command import options, output


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--from", "start", type=options.Day(), required=True, help="任职起始日 · First day of the appointments.")
@click.option(
    "--keep-passwords",
    is_flag=True,
    help="首次登录不必修改密码，只用于演示和测试。 · Nobody has to change theirs; for demonstrations and tests only.",
)
@options.as_json
def command(file: Path, start: date, keep_passwords: bool, as_json: bool) -> None:
    """按名单开设账号，并显示一次初始密码。

    Opens the accounts of a CSV list (username, display_name, role, area, department) and shows each first password
    once; its holder changes it at the first sign-in. Accounts that exist are left as they are; a wrong line opens none.
    """
    from luoshi.office.config.opening import opened

    with opened():
        from luoshi.office.accounts.errors import AccountError
        from luoshi.office.accounts.listing import open_accounts

        try:
            accounts = open_accounts(file, start, by="system", first=not keep_passwords)
        except AccountError as problem:
            raise click.ClickException(str(problem)) from None
    rows = [(one.username, one.display_name, one.post.role, one.post.area, one.password) for one in accounts]
    columns = ("username", "display_name", "role", "area", "password")
    if as_json:
        output.print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    output.print_table("账号 Accounts", ("账号", "姓名", "角色", "区划", "初始密码 First password"), rows)
