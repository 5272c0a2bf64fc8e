"""What templates may do: name what a letter of their kind has, go through its lists, and leave parts out. Nothing else.

A template is read before it is ever run, and refused for anything but that. It then runs where no attribute of any
object can be reached but the words of the letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from luoshi.office.letters.errors import Unfit
from luoshi.office.letters.placeholders import Placeholder

HARMLESS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)
COMPARISONS = frozenset({"eq", "ne"})
MOST_LOOPS = 60
MOST_PARTS = 2000

Names = Mapping[str, Placeholder]


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which only the columns of a row can be reached."""

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, extensions=())
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A column of a row, and nothing else of anything."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A column of a row, and nothing else of anything."""
        if type(obj) is dict and argument in obj:
            return obj[argument]
        return self.unsafe_undefined(obj, str(argument))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What fails as soon as it is looked at, without telling of the object."""
        return self.undefined(f"{attribute} cannot be reached", name=attribute, exc=SecurityError)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing is called."""
        raise SecurityError("templates call nothing")


def check_source(source: str, known: Names) -> None:
    """Nothing, where a template only asks for what is known; `Unfit` says what else it does."""
    try:
        parsed = Sandbox(autoescape=True).parse(source)
    except TemplateSyntaxError as problem:
        facts = {"line": _near(source, problem.lineno)}
        raise Unfit(_("有一处占位符写得不完整，在“%(line)s”附近。请补上成对的括号和结束标记。") % facts) from problem
    found = list(parsed.find_all(nodes.Node))
    if sum(isinstance(one, nodes.For) for one in found) > MOST_LOOPS or len(found) > MOST_PARTS:
        raise Unfit(_("模板里的占位符太多。请只放需要的。"))
    _check(parsed, known, {})


def _check(node: nodes.Node, known: Names, rows: Names) -> None:
    """`rows` are the names of rows in the loops around; a row of paragraphs has no columns."""
    if not isinstance(node, HARMLESS) or (isinstance(node, nodes.Operand) and node.op not in COMPARISONS):
        raise Unfit(_("模板里有占位符以外的指令。只能用占位符、逐行重复和有无判断。"))
    if isinstance(node, nodes.For):
        _check_loop(node, known, rows)
        return
    if isinstance(node, nodes.Getattr):
        _check_column(node, rows)
        return
    if isinstance(node, nodes.Name):
        _check_name(node.name, known, rows)
    if isinstance(node, nodes.Output):
        for one in node.nodes:
            _check_text(one, known, rows)
    for child in node.iter_child_nodes():
        _check(child, known, rows)


def _check_name(name: str, known: Names, rows: Names) -> None:
    if name not in known and name not in rows:
        raise Unfit(_("不认识占位符“%(name)s”。请对照占位符表改正。") % {"name": name})


def _check_text(node: nodes.Node, known: Names, rows: Names) -> None:
    """A whole list cannot stand where a text is wanted."""
    if not isinstance(node, nodes.Name):
        return
    found = known.get(node.name)
    is_row_of_table = node.name in rows and rows[node.name].is_table
    if is_row_of_table or (node.name not in rows and found is not None and (found.is_list or found.is_table)):
        raise Unfit(_("“%(name)s”有多行，要用逐行重复来写。请照默认模板的写法。") % {"name": node.name})


def _check_column(node: nodes.Getattr, rows: Names) -> None:
    row = rows.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    columns = {one.name for one in row.columns} if row else frozenset[str]()
    if node.attr not in columns:
        raise Unfit(_("不认识“%(name)s”这一列。请对照占位符表改正。") % {"name": node.attr})


def _check_loop(node: nodes.For, known: Names, rows: Names) -> None:
    """A loop goes through one list of the letter, never within another: so it is as long as the letter, not longer."""
    over = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    found = known.get(over)
    if rows or found is None or not (found.is_list or found.is_table):
        raise Unfit(_("“逐行重复”只能用于占位符表里有多行的一项，而且不能套在另一个里面。"))
    if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name) or node.target.name in known:
        raise Unfit(_("“逐行重复”写得不对。请照默认模板的写法。"))
    for child in node.body:
        _check(child, known, {node.target.name: found})
    for child in node.else_:
        _check(child, known, {})


def _near(source: str, number: int) -> str:
    """The text around a line that cannot be read, without the marks of the format."""
    lines = source.splitlines()
    return "".join(_texts(lines[number - 1]))[:40] if 0 < number <= len(lines) else ""


def _texts(line: str) -> Iterator[str]:
    for part in line.split("<"):
        yield part.rpartition(">")[2]
