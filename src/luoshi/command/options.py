"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.rulebook.values.calendar import FIRST, LAST


class Day(click.ParamType[date]):
    """A date written 2019-07-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a refusal that shows the form."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value or not FIRST <= day <= LAST:
            self.fail(f"{value!r} 不是日期，请写成 2019-07-14 · is not a date; write it as 2019-07-14", param, ctx)
        return day


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="输出 JSON · Print JSON.")
language: Decorator = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 · Language of the output."
)
on_date: Decorator = click.option("--on", "on", type=Day(), required=True, help="判定基准日 · The as-of date.")
simulated: Decorator = click.option(
    "--as-if-in-force", is_flag=True, help="按已生效模拟 · Decide as if the policy were in force; the result is marked."
)


def code_folder() -> Path:
    """Where this user keeps compiled code, which can be made again."""
    kept = os.environ.get("XDG_CACHE_HOME")
    return (Path(kept) if kept else Path.home() / ".cache") / "luoshi" / "code"
