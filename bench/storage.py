"""Two ways to store the registers of packs in PostgreSQL: JSONB with generated columns, and real tables.

    python -m bench.storage --persons 1000000

Starts a server of its own in a temporary folder and prints one table of Markdown. Both hold the same person-like rows
with the same indexes; what differs is only where a field lives.
"""

from __future__ import annotations

import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi as adbc
import click
import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from luoshi.office.database import Server

VILLAGES = 2_000
BATCH = 100_000
REPEATS = 15
SETTINGS = ("max_wal_size=4GB", "shared_buffers=512MB")
OWN = 'id bigint PRIMARY KEY, area_code text COLLATE "C", changed_at timestamptz NOT NULL DEFAULT now()'
FIELDS = {
    "citizen": "text", "name": "text", "household": "bigint", "birth_date": "date", "sex": "text",
    "poor": "boolean", "disabled": "boolean", "capacity": "text", "left_date": "date", "income": "numeric(18, 2)",
}  # fmt: skip
TABLES = {
    "real": f"CREATE TABLE real ({OWN}, {', '.join(f'{name} {kind}' for name, kind in FIELDS.items())})",
    # A day cannot be generated: its text depends on a setting of the session, so PostgreSQL refuses the cast.
    "jsonb": f"""CREATE TABLE jsonb ({OWN}, body jsonb NOT NULL,
        household bigint GENERATED ALWAYS AS ((body->>'household')::bigint) STORED,
        citizen text GENERATED ALWAYS AS (body->>'citizen') STORED,
        poor boolean GENERATED ALWAYS AS ((body->>'poor')::boolean) STORED,
        disabled boolean GENERATED ALWAYS AS ((body->>'disabled')::boolean) STORED)""",
}
INDEXES = ("area_code, id", "household", "citizen")
SNAPSHOT = {
    "real": "SELECT id, citizen, name, household, birth_date, sex, poor, disabled, capacity, left_date, "
    "(income * 100)::bigint AS income FROM real ORDER BY id",
    "jsonb": "SELECT id, citizen, body->>'name' AS name, household, (body->>'birth_date')::date AS birth_date, "
    "body->>'sex' AS sex, poor, disabled, body->>'capacity' AS capacity, (body->>'left_date')::date AS left_date, "
    "((body->>'income')::numeric * 100)::bigint AS income FROM jsonb ORDER BY id",
}
QUESTIONS = {
    "page of 50, a township, flag of an index": "SELECT * FROM {table} WHERE area_code >= '621102003' AND area_code < "
    "'621102004' AND poor AND (area_code, id) > ('621102003', 0) ORDER BY area_code, id LIMIT 50",
    "page of 50, everywhere, one of its fields": "SELECT * FROM {table} WHERE area_code >= '6211' AND area_code < "
    "'6212' AND {capacity} = 'none' ORDER BY area_code, id LIMIT 50",
    "count, a county of seven, flag": "SELECT count(*) FROM {table} WHERE area_code >= '621102' AND area_code < "
    "'621103' AND poor",
    "count, everywhere, flag": "SELECT count(*) FROM {table} WHERE area_code >= '6211' AND area_code < '6212' AND poor",
    "count, everywhere, one of its fields": "SELECT count(*) FROM {table} WHERE area_code >= '6211' AND area_code < "
    "'6212' AND {capacity} = 'none'",
}


def rows(persons: int) -> Iterator[pa.Table]:
    """The people, batch by batch; the same every time."""
    random = np.random.default_rng(1)
    for start in range(0, persons, BATCH):
        count = min(BATCH, persons - start)
        ids = np.arange(start, start + count)
        village = random.integers(0, VILLAGES, count)
        areas = [f"6211{v % 7 + 2:02d}{v // 7 % 17:03d}{v // 119:03d}" for v in village.tolist()]
        births = random.integers(-10_000, 18_000, count).astype("int32")
        yield pa.table(
            {
                "id": ids,
                "area_code": areas,
                "citizen": [f"990000{birth + 50_000:08d}{number % 10_000:04d}" for number, birth in enumerate(births)],
                "name": [f"王小{chr(0x4E00 + int(n) % 3000)}" for n in ids],
                "household": ids // 4,
                "birth_date": pa.array(births, pa.date32()),
                "sex": np.where(random.random(count) < 0.5, "male", "female"),
                "poor": random.random(count) < 0.1,
                "disabled": random.random(count) < 0.04,
                "capacity": np.where(random.random(count) < 0.05, "none", "full"),
                "left_date": pa.array(births + 9_000, pa.date32(), mask=random.random(count) < 0.9),
                "income": pa.array(random.integers(0, 90_000, count))
                .cast(pa.decimal128(21, 2))
                .cast(pa.decimal128(18, 2)),
            }
        )


def as_json(batch: pa.Table) -> pa.Table:
    """The same rows with their fields in one text of JSON."""
    fields = batch.select(list(FIELDS)).to_pylist()
    bodies = [json.dumps({k: v for k, v in row.items() if v is not None}, default=str) for row in fields]
    return pa.table({"id": batch["id"], "area_code": batch["area_code"], "body": bodies})


def load(connection: psycopg.Connection[Any], table: str, batches: list[pa.Table]) -> float:
    """Seconds that COPY and the indexes take; the rows are read and turned to JSON before."""
    start = time.perf_counter()
    names = ", ".join(batches[0].column_names)
    with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
        for batch in batches:
            text = io.BytesIO()
            pyarrow.csv.write_csv(batch, text, pyarrow.csv.WriteOptions(include_header=False))
            copy.write(text.getvalue())
    for columns in INDEXES:
        connection.execute(f"CREATE INDEX ON {table} ({columns})")
    return time.perf_counter() - start


def milliseconds(ask: Callable[[], object]) -> float:
    """The median of several times."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def snapshot(address: str, table: str, file: Path) -> float:
    """Seconds from the table to a Parquet file, streamed by ADBC."""
    start = time.perf_counter()
    with adbc.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[table])
        reader = cursor.fetch_record_batch()
        with pq.ParquetWriter(file, reader.schema, compression="zstd", compression_level=1) as writer:
            for batch in reader:
                writer.write_batch(batch)
    return time.perf_counter() - start


def measure(address: str, table: str, persons: int, folder: Path) -> dict[str, float]:
    """What one way takes; seconds, milliseconds and megabytes by what was done."""
    batches = [as_json(batch) if table == "jsonb" else batch for batch in rows(persons)]
    taken: dict[str, float] = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(TABLES[table])
        taken["import with three indexes, s"] = load(connection, table, batches)
        connection.execute(f"VACUUM (ANALYZE) {table}")
        size = connection.execute(f"SELECT pg_table_size('{table}') / 1e6").fetchone()
        taken["size without indexes, MB"] = float(size[0]) if size else 0.0
        capacity = "capacity" if table == "real" else "body->>'capacity'"
        for name, question in QUESTIONS.items():
            text = question.format(table=table, capacity=capacity)
            taken[f"{name}, ms"] = milliseconds(lambda text=text: connection.execute(text).fetchall())
        start = time.perf_counter()
        change = "capacity = 'weak'" if table == "real" else """body = body || '{"capacity": "weak"}'"""
        connection.execute(f"UPDATE {table} SET {change} WHERE id < {persons // 10}")
        taken["change one field of a tenth, s"] = time.perf_counter() - start
    taken["snapshot to Parquet, s"] = snapshot(address, table, folder / f"{table}.parquet")
    return taken


@click.command()
@click.option("--persons", default=1_000_000, show_default=True)
def main(persons: int) -> None:
    """Measure both ways with PERSONS rows."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        folder.chmod(0o711)
        server = Server(folder / "server", SETTINGS)
        address = server.start()
        try:
            taken = {table: measure(address, table, persons, folder) for table in TABLES}
        finally:
            server.stop()
    click.echo(f"| {persons:,} rows | real table | JSONB and generated columns | times |\n|---|---|---|---|")
    for what, real in taken["real"].items():
        other = taken["jsonb"][what]
        click.echo(f"| {what} | {real:.3g} | {other:.3g} | {other / real:.1f} |")


if __name__ == "__main__":
    main()
