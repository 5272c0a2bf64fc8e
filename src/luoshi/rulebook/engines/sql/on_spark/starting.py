"""Starts Spark: in this process, or as the driver of a cluster."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

HERE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
}
"""What holds when everything runs in this process: nobody else needs to reach it."""
PARTS_A_PROCESSOR = 4
"""Spark's own 200 parts are meant for a cluster: here they cost three times the work itself at a million people."""
QUIET = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
UNITS = {"MB": 10**6, "GB": 10**9, "MiB": 2**20, "GiB": 2**30}


class NotStarted(RuntimeError):
    """Spark could not be started; the text says why."""


@contextmanager
def opened(master: str, conf: Mapping[str, str], memory: str | None = None) -> Iterator[SparkSession]:
    """A Spark session with a master, settings and memory for the driver ("4GB"), ended afterwards.

    Where this process has a session already, that one is given and left as it is. `MemoryError` if the memory is less
    than Spark needs at all.
    """
    logging.getLogger("SQLQueryContextLogger").disabled = True
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    spark = _started(master, conf, memory)
    try:
        yield spark
    finally:
        spark.stop()


def _started(master: str, conf: Mapping[str, str], memory: str | None) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("luoshi")
    own = QUIET | (_here() if master.startswith("local") else {})
    if memory is not None:
        own["spark.driver.memory"] = in_mebibytes(memory)
    for name, value in (own | dict(conf)).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as problem:
        if found := re.search(r"System memory \d+ must be at least \d+", str(problem)):
            raise MemoryError(found[0]) from None
        raise NotStarted(str(problem).strip().splitlines()[0]) from problem


def _here() -> dict[str, str]:
    return HERE | {"spark.sql.shuffle.partitions": str(PARTS_A_PROCESSOR * (os.cpu_count() or 1))}


def in_mebibytes(size: str) -> str:
    """A size as Spark writes it.

    >>> in_mebibytes("4GB"), in_mebibytes("1.5 GiB")
    ('3814m', '1536m')
    """
    number, unit = size[:-3].strip(), size[-3:]
    if unit not in UNITS:
        number, unit = size[:-2].strip(), size[-2:]
    whole, _, places = number.partition(".")
    return f"{int(whole + places) * UNITS[unit] // 10 ** len(places) // 2**20}m"
