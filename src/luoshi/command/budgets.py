"""`luoshi budgets`: gives the budgets of a list."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.command import options, output


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default="system", show_default=True, help="记在谁名下。 · In whose name it is recorded.")
@options.as_json
def command(file: Path, by: str, as_json: bool) -> None:
    """按名单下达预算，同一文件的同一笔只下达一次。

    Gives the budgets of a CSV list (pack, fund, year, area, tier, amount, reason, document), all of them or none. A
    blank year is the present one; what was given before by the same paper is left as it is.
    """
    from luoshi.office.config.opening import opened

    with opened():
        from django.utils import timezone

        from luoshi.office.treasury.budget_lists import WrongList, give_all

        try:
            given = give_all(file, by=by, now=timezone.now())
        except WrongList as problem:
            raise click.ClickException(str(problem)) from None
    columns = ("pack", "fund", "year", "area", "tier", "amount")
    rows = [(one.pack, one.charge.fund, str(one.charge.year), one.charge.area, one.tier, f"{one.amount:.2f}")
            for one in given]  # fmt: skip
    if as_json:
        output.print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    output.print_table("预算 Budgets", ("文件", "资金", "年度", "区划", "由谁出", "金额 Amount"), rows)
