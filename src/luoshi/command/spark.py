"""`luoshi run --engine spark`: what is said when Spark is not there, and how its settings are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.rulebook.model.blocks import Pack

MISSING = (
    "没有安装 Spark：pip install 'luoshi[spark]'，另需 Java 17（Debian：openjdk-17-jre-headless）"
    " · Spark is not installed: pip install 'luoshi[spark]', and Java 17 (Debian: openjdk-17-jre-headless)"
)
SILENT = "Spark 没有启动，请检查 Java 17 和 --master · Spark did not start; look at Java 17 and --master"


def run_on_spark(
    pack: Pack, data: Path, on: date, out: Path, *, master: str, conf: Iterable[str], memory: str | None, **options: Any
) -> None:
    """Decide whole registers on a Spark session of our own, ended afterwards."""
    try:
        from luoshi.rulebook.engines.sql import on_spark
    except ModuleNotFoundError:
        raise click.UsageError(MISSING) from None
    try:
        with on_spark.opened(master, settings(conf), memory) as session:
            on_spark.run(session, pack, data, on, out, **options)
    except on_spark.NotStarted as problem:
        raise click.UsageError(f"{SILENT}: {problem}") from None


def settings(written: Iterable[str]) -> dict[str, str]:
    """The settings written as KEY=VALUE."""
    found = {}
    for text in written:
        name, mark, value = text.partition("=")
        if not (name.strip() and mark):
            raise click.BadParameter(f"{text!r}: spark.executor.memory=4g", param_hint="--conf")
        found[name.strip()] = value.strip()
    return found
