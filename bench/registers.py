"""The pages of a register of a million people: how long a page, a count, a search and a load take.

    python -m bench.registers --persons 1000000

Starts a server of its own in a temporary folder, fills the tables that the service makes, and asks the pages themselves
for what an officer of a county and a coordinator of a city ask for. Prints one table of Markdown.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.office.config import opening
from luoshi.office.database import Server
from luoshi.office.database.tuning import suited

PACK, CITY, COUNTY, TOWNSHIP = "lishui-draft", "3311", "331121", "331121001"
COUNTIES, TOWNSHIPS, VILLAGES = 9, 18, 12
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾"
    "彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文玉红春梅海燕志金荣生福贵永德学林成龙凤云雪松柏青山"
    "水清波峰岩雷雨晨曦阳光辉煌兴旺发达安康宁和顺利吉祥如意美好佳慧智贤良善仁义礼信忠孝"
)
FILL_AREAS = """
    INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)
    SELECT code, '地' || code, level, code, 'bench', 'bench' FROM (VALUES {areas}) AS given (code, level)
"""
FILL_PERSONS = """
    WITH given AS (
        SELECT n, %(surnames)s::text[] AS surnames, %(given)s::text[] AS given, %(villages)s::text[] AS villages
        FROM generate_series(1, %(persons)s) n
    )
    INSERT INTO common.person (_citizen_id_index, name, birth_date, _area_code, _source, _changed_by)
    SELECT sha256(n::text::bytea),
        surnames[1 + (power(random(), 2) * (cardinality(surnames) - 1))::int]
        || given[1 + (random() * (cardinality(given) - 1))::int]
        || CASE WHEN random() < 0.75 THEN given[1 + (random() * (cardinality(given) - 1))::int] ELSE '' END,
        date '1940-01-01' + (random() * 28000)::int, villages[1 + n %% cardinality(villages)], 'bench', 'bench'
    FROM given
"""


def areas() -> Iterator[tuple[str, str]]:
    """A city with its counties, townships and villages."""
    yield CITY, "city"
    for county in range(21, 21 + COUNTIES):
        yield f"{CITY}{county}", "county"
        for township in range(1, TOWNSHIPS + 1):
            yield f"{CITY}{county}{township:03}", "township"
            for village in range(201, 201 + VILLAGES):
                yield f"{CITY}{county}{township:03}{village}", "village"


@contextmanager
def service() -> Iterator[None]:
    """The service with an empty database of its own."""
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        Path(folder).chmod(0o711)
        server = Server(Path(folder) / "postgres", suited(), [opening.administrator_script()])
        os.environ |= {
            "DATABASE_URL": server.start(), "LUOSHI_DATA": f"{folder}/data", "LUOSHI_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": opening.SETTINGS, "LUOSHI_TWO_FACTOR": "0",
        }  # fmt: skip
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        try:
            yield
        finally:
            server.stop()


def timed(what: Callable[[], Any], repeats: int = 9) -> float:
    """The median of several times, in milliseconds."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        what()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def fill(persons: int) -> None:
    """The tables with that many persons, made by the database itself."""
    from django.db import connection

    from luoshi.office.registry.building import build
    from luoshi.office.runs import actions, library

    build([library.pack(PACK)])
    actions.install(PACK, by="bench")
    with connection.cursor() as cursor:
        listed = list(areas())
        form = FILL_AREAS.format(areas=", ".join(["(%s, %s)"] * len(listed)))
        cursor.execute(form, [part for area in listed for part in area])
        villages = [code for code, level in listed if level == "village"]
        values = {"surnames": list(SURNAMES), "given": list(GIVEN), "villages": villages, "persons": persons}
        cursor.execute(FILL_PERSONS, values)
        cursor.execute("VACUUM (ANALYZE) common.person")


def load(persons: int) -> float:
    """Seconds for that many persons through the loader that offices use."""
    from luoshi.office.registry.loading import load_folder
    from luoshi.office.runs import library

    chance = np.random.default_rng(1)
    listed = list(areas())
    villages = [code for code, level in listed if level == "village"]
    surnames, given = np.array(list(SURNAMES)), np.array(list(GIVEN))
    names = np.char.add(np.char.add(chance.choice(surnames, persons), chance.choice(given, persons)),
                        chance.choice(given, persons))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        numbers = np.arange(persons)
        households = persons // 3 + 1
        pq.write_table(pa.table({"id": [c for c, _ in listed], "name": [f"地{c}" for c, _ in listed],
                                 "level": [level for _, level in listed]}), f"{folder}/area.parquet")  # fmt: skip
        pq.write_table(pa.table({"id": np.arange(households), "register_number": [f"h{n}" for n in range(households)],
                                 "area": [villages[n % len(villages)] for n in range(households)]}),
                       f"{folder}/household.parquet")  # fmt: skip
        pq.write_table(pa.table({"id": numbers, "citizen_id": [f"9{n:017}" for n in range(persons)],
                                 "name": names.tolist(),
                                 "household": numbers // 3}), f"{folder}/person.parquet")  # fmt: skip
        begun = time.perf_counter()
        load_folder(library.pack(PACK), Path(folder), source="bench", by="bench", keep_doubles=True)
        return time.perf_counter() - begun


def pages() -> Iterator[tuple[str, float]]:
    """What is asked, and the median of its time: whole pages, as the browser of an officer gets them."""
    from datetime import date

    from django.test import Client

    from luoshi.office.accounts.actions import Post, appoint, open_account
    from luoshi.office.desk.registers.sealing import seal

    def browser(role: str, area: str) -> Client:
        user = open_account(f"{role}-{area}", "样例", "a-long-sentence-7", by="bench")
        appoint(user, Post(role, area), date(2020, 1, 1), by="bench")
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    listed = f"/registers/{PACK}/person/"
    readers = {
        "city": browser("city_coordinator", CITY),
        "county": browser("department_officer", COUNTY),
        "township": browser("township_cadre", TOWNSHIP),
    }
    asked = {
        "list": listed,
        "overview": f"/registers/{PACK}/",
        "by birthday": f"{listed}?sort=birth_date",
        "born in 1980": f"{listed}?from.birth_date=1980-01-01&to.birth_date=1980-12-31",
        "sex unknown": f"{listed}?is.sex=?",
        **{f"search {text}": f"{listed}?q={seal(text)}" for text in ("张伟", "国", "zhangwei", "wjg", "zs", "H123")},
        "search everywhere zhangwei": f"/registers/search/?q={seal('zhangwei')}",
    }
    for what, address in asked.items():
        for who, client in readers.items():
            assert client.get(address).status_code == 200, address
            yield f"{what} | {who}", timed(lambda client=client, address=address: client.get(address))


@click.command()
@click.option("--persons", default=1_000_000)
@click.option("--load", "loaded", default=0, help="Load that many persons with the loader, and nothing else.")
def main(persons: int, loaded: int) -> None:
    """Fill, ask, print."""
    with service():
        if loaded:
            print(f"{loaded:,} persons loaded in {load(loaded):.1f} s")
            return
        fill(persons)
        print("| asked | by | median ms |\n|---|---|---|")
        for what, median in pages():
            print(f"| {what} | {median:.0f} |", flush=True)


if __name__ == "__main__":
    main()
