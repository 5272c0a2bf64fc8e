"""How a question is cut into the ways in which it can be meant, and what the database finds a name by."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from luoshi.office.registry.building import build
from luoshi.office.registry.sounding import named, prepare, readings, syllables, ways
from luoshi.rulebook.model.blocks import Pack


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("zhangsan", ("zhang", "san")),
        ("zhangs", ("zhang", "s")),
        ("zsf", ("z", "s", "f")),
        ("xian", ("xi", "an")),
        ("Ｚｈａｎｇ", ("zhang",)),
        ("张-三", ("张", "三")),
        ("lv", ("lv",)),
        ("H001", ("h001",)),
    ],
)
def test_what_may_be_meant(text: str, way: tuple[str, ...]) -> None:
    assert way in set(ways(text))


def test_readings_are_those_that_people_know() -> None:
    assert readings()["单"].split("/")[0] == "dan" and "shan" in readings()["单"]
    assert readings()["王"] == "wang"
    assert {"zhang", "lv", "lyu", "nv"} <= syllables()


@given(st.text(max_size=40))
def test_any_text_is_cut_quickly_and_leaves_nothing_but_signs(text: str) -> None:
    for way in ways(text):
        assert all(piece.isalnum() for piece in way)


@pytest.mark.usefixtures("database")
def test_the_index_is_used_and_made_once(pack: Pack) -> None:
    build([pack])
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_class WHERE relname = 'person_by_sound'")
        before = cursor.fetchone()
        build([pack])
        prepare()
        cursor.execute("SELECT oid FROM pg_class WHERE relname = 'person_by_sound'")
        assert cursor.fetchone() == before
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM common.person WHERE " + named("name", "zs").as_string())
        assert "person_by_sound" in "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ["", " ", "张", "a" * 500, "\U0001f600", "张" * 300, "单" * 60, "e\u0301", "٣"])
def test_any_name_has_its_pieces(pack: Pack, name: str) -> None:
    build([pack])
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry.pieces(%s) IS NOT NULL", [name])
        assert cursor.fetchone() == (True,)
