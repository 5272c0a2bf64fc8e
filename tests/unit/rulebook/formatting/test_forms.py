"""What shapes say about layout."""

from __future__ import annotations

from luoshi.rulebook.formatting.forms import ANYTHING, Form, form_of, has_expression, put_in_order
from luoshi.rulebook.formatting.reading import read_tree
from luoshi.rulebook.formatting.tree import Collection, Scalar
from luoshi.rulebook.loading.shapes import SHAPES


def ordered(kind: str, text: str) -> list[str | None]:
    tree = read_tree(text)
    assert isinstance(tree, Collection)
    put_in_order(tree, form_of(SHAPES[kind]))
    return [item.key.text for item in tree.items if item.key]


def holds_expression(kind: str, text: str) -> bool:
    tree = read_tree(text)
    assert tree
    return has_expression(tree, form_of(SHAPES[kind]))


def test_keys_come_in_the_order_of_the_reference_and_unknown_ones_last() -> None:
    assert ordered("measure", "{frequency: once, odd: 1, for: thing, title: x}") == ["title", "for", "frequency", "odd"]
    assert ordered("parameter", "{2020-01-01: 1, 2019-01-01: 2, unit: CNY, title: x}")[:2] == ["title", "unit"]
    assert ordered("parameter", "{2020-01-01: 1, 2019-01-01: 2}") == ["2020-01-01", "2019-01-01"]


def test_expected_outcomes_come_before_facts_and_keep_their_order() -> None:
    tree = read_tree("expect: {facts: {a: 1}, z: met, a: met}")
    assert isinstance(tree, Collection)
    put_in_order(tree, form_of(SHAPES["example"]))
    inner = tree.items[0].value
    assert isinstance(inner, Collection)
    assert [item.key.text for item in inner.items if item.key] == ["z", "a", "facts"]


def test_entries_by_name_keep_their_order() -> None:
    tree = read_tree("conditions: {b: x, a: {title: t, when: y}}")
    assert isinstance(tree, Collection)
    put_in_order(tree, form_of(SHAPES["measure"]))
    inner = tree.items[0].value
    assert isinstance(inner, Collection)
    assert [item.key.text for item in inner.items if item.key] == ["b", "a"]
    assert isinstance(inner.items[1].value, Collection)
    assert [item.key.text for item in inner.items[1].value.items if item.key] == ["when", "title"]


def test_where_expressions_stand() -> None:
    assert holds_expression("fact", "{of: a, where: x}")
    assert not holds_expression("fact", "{of: a, judgement: bool}")
    assert holds_expression("measure", "{conditions: {a: x}}")
    assert holds_expression("measure", "{conditions: {a: {when: x}}}")
    assert holds_expression("scorecard", "{items: [{points: 1, measured_by: x}]}")
    assert not holds_expression("scorecard", "{items: [{points: 1}]}")
    assert not holds_expression("parameter", "{unit: CNY, local: {min: 1}}")


def test_what_no_shape_describes_is_anything() -> None:
    assert ANYTHING.of("x") is ANYTHING
    assert Form(entries=Form(is_expression=True)).of("x").is_expression
    assert put_in_order(Scalar("x"), ANYTHING) == Scalar("x")


def test_every_shape_has_a_form() -> None:
    for shape in SHAPES.values():
        assert set(form_of(shape).keys) == {field.alias or name for name, field in shape.model_fields.items()}
