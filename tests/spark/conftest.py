"""One Spark session for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from luoshi.rulebook.engines.sql.on_spark import opened

SMALL = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2", "spark.ui.enabled": "false"}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A session with two threads in this process."""
    with opened("local[2]", SMALL, "1GB") as session:
        yield session
