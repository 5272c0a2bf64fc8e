"""Columns in any order and under any of their names."""

import pyarrow as pa

from luoshi.office.exchange.books import Cells, Form, Matching, Sheet, SheetColumn, form_of, match_columns
from luoshi.office.exchange.books.matching import names_of
from luoshi.office.exchange.books.places import letter
from luoshi.office.exchange.books.templates import titles_of
from luoshi.office.exchange.books.titles import folded
from luoshi.rulebook.model.blocks import Pack


def matched(form: Form, *titles: str) -> Matching:
    columns = [SheetColumn(letter(place), title, Cells(pa.array(["1"]))) for place, title in enumerate(titles)]
    return match_columns(form, Sheet("a", 1, tuple(columns), pa.array([2])))


def names(matching: Matching) -> list[str]:
    return [match.field.name for match in matching.matches]


def test_titles_in_both_languages_and_names_in_any_order(people: Form) -> None:
    matching = matched(people, "Date of Birth", "＊居民身份号码：", "姓 名", "labour_capacity", "建档立卡贫困人口")
    assert names(matching) == ["birth_date", "citizen_id", "name", "labour_capacity", "registered_poor"]
    assert (matching.unknown, matching.problems, matching.notes) == ((), (), ())


def test_unknown_columns_are_left_out_with_the_nearest_field(people: Form) -> None:
    matching = matched(people, "居民身份号码", "身份号码", "备注")
    assert [(column.title, near and near.name) for column, near in matching.unknown] == [
        ("身份号码", None), ("备注", None),
    ]  # fmt: skip
    near = matched(people, "居民身份号码", "出生日").unknown[0][1]
    assert near is not None and near.name == "birth_date"
    assert [(note.kind, note.places) for note in matching.notes] == [("unknown_columns", ("身份号码", "备注"))]


def test_a_missing_key_is_a_problem_and_nothing_else_missing_is(people: Form) -> None:
    (problem,) = matched(people, "姓名").problems
    assert (problem.kind, problem.title) == ("key_missing", "居民身份号码")


def test_two_columns_for_one_field_are_a_problem_of_both(people: Form) -> None:
    problems = matched(people, "居民身份号码", "姓名", "name").problems
    assert [(problem.kind, problem.letter) for problem in problems] == [("field_twice", "B"), ("field_twice", "C")]


def test_a_unit_in_a_title_is_taken_or_refused_never_overlooked(households: Form) -> None:
    for title, factor in (("家庭年收入", 1), ("家庭年收入（元/年）", 1), ("家庭年收入（万元）", 10_000)):
        match = matched(households, "户编号", title).matches[1]
        assert (match.field.name, match.factor) == ("income_year", factor)
    assert [note.kind for note in matched(households, "户编号", "家庭年收入（万元）").notes] == ["in_myriads"]
    (problem,) = matched(households, "户编号", "家庭年收入（亩）").problems
    assert (problem.kind, problem.letter, problem.seen) == ("title_unit", "B", "亩")


def test_every_field_of_every_pack_has_a_title_of_its_own(shipped: Pack) -> None:
    for register in shipped.registers:
        form = form_of(shipped, register)
        for lang in ("zh", "en"):
            assert [names_of(form)[folded(title)] for title in titles_of(form, lang)] == list(form.fields)
