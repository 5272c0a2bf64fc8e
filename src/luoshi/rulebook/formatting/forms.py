"""What the shapes of blocks say about layout: the order of keys, and where expressions stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from luoshi.rulebook.formatting.tree import Collection, Item, Scalar, Value
from luoshi.rulebook.loading.shapes.decisions import ConditionShape
from luoshi.rulebook.loading.shapes.written import Expression, Shape


@dataclass(frozen=True)
class Form:
    """What may stand at one place: a shape with its keys, entries by name, a list, or a plain value."""

    is_expression: bool = False
    keys: tuple[str, ...] = ()
    inner: tuple[Form, ...] = ()
    entries: Form | None = None
    are_extras_first: bool = False

    def of(self, key: str) -> Form:
        """The form of what stands under a key."""
        return self.inner[self.keys.index(key)] if key in self.keys else self.entries or ANYTHING


ANYTHING = Form()


@cache
def form_of(shape: type[Shape]) -> Form:
    """The form of a shape, with its keys in the order of the reference."""
    hints = get_type_hints(shape, include_extras=True)
    named = {field.alias or name: _form(hints[name]) for name, field in shape.model_fields.items()}
    extra = shape.model_config.get("extra") == "allow"
    others = _form(hints["__pydantic_extra__"]).entries if extra else None
    return Form(shape is ConditionShape, tuple(named), tuple(named.values()), others, extra)


def _form(hint: Any) -> Form:
    if hint == Expression:
        return Form(is_expression=True)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _form(inner[0])
    if origin in (Union, UnionType):
        return _longest([_form(part) for part in inner if part is not NoneType])
    if origin is list:
        return Form(entries=_form(inner[0]))
    if origin is dict:
        return Form(entries=_form(inner[1]))
    return form_of(hint) if isinstance(hint, type) and issubclass(hint, Shape) else ANYTHING


def _longest(forms: list[Form]) -> Form:
    return max(forms, key=lambda form: (len(form.keys), form.entries is not None, form.is_expression))


def put_in_order(value: Value, form: Form) -> Value:
    """The value with the keys of every shape in the order of the reference; entries by name keep theirs."""
    if isinstance(value, Scalar):
        return value
    for item, inner in _with_forms(value, form):
        item.value = put_in_order(item.value, inner)
    if value.is_mapping and form.keys:
        value.items.sort(key=lambda item: _place(item, form))
    return value


def _place(item: Item, form: Form) -> int:
    name = _name(item)
    if name in form.keys:
        return form.keys.index(name)
    return -1 if form.are_extras_first else len(form.keys)


def has_expression(value: Value, form: Form) -> bool:
    """Whether an expression stands at a place or somewhere below it."""
    if isinstance(value, Scalar):
        return form.is_expression
    return any(has_expression(item.value, inner) for item, inner in _with_forms(value, form))


def _with_forms(value: Collection, form: Form) -> Iterator[tuple[Item, Form]]:
    for item in value.items:
        yield item, form.of(_name(item))


def _name(item: Item) -> str:
    return (item.key.text or "") if item.key else ""
