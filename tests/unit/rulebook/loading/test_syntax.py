"""Expression text to syntax: how operators bind, where a piece begins, and what is refused at which column."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.syntax import MOST_CHARACTERS, MOST_DEPTH, Syntax, SyntaxProblem, parse


def spelled(syntax: Syntax) -> str:
    """A tree as nested calls."""
    parts = [spelled(part) if isinstance(part, Syntax) else str(part) for part in syntax.parts]
    return f"{syntax.kind}({', '.join(parts)})" if parts else syntax.kind


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and not c", "disjunction(path(a), conjunction(path(b), negation(path(c))))"),
        ("a and b and c", "conjunction(path(a), path(b), path(c))"),
        ("not a = b", "negation(compare(path(a), =, path(b)))"),
        ("a + b * c - d", "subtract(add(path(a), multiply(path(b), path(c))), path(d))"),
        ("(a + b) * c", "multiply(add(path(a), path(b)), path(c))"),
        ("-a * b", "multiply(negate(path(a)), path(b))"),
        ("- -1", "negate(negate(number(1)))"),
        ("a.b.c", "path(a, b, c)"),
        ("$p", "parameter(p)"),
        ("a between 1 and 2", "between(path(a), number(1), number(2))"),
        ("a in ('x', 2, true)", "among(path(a), text('x'), number(2), true)"),
        ("a not in (1)", "not_among(path(a), number(1))"),
        ("if(a, 1, 2)", "choose_two(path(a), number(1), number(2))"),
        (
            "case when a then 1 when b then 2 else 3 end",
            "choose(arm(path(a), number(1)), arm(path(b), number(2)), number(3))",
        ),
        ("f(a, b = 1)", "call(f, path(a), compare(path(b), =, number(1)))"),
        ("f()", "call(f)"),
        ("'≥ （'", "text('≥ （')"),
        ("a\n\t>= 1.50", "compare(path(a), >=, number(1.50))"),
        ("order", "path(order)"),
    ],
)
def test_how_it_reads(text: str, tree: str) -> None:
    assert spelled(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "code", "column", "seen"),
    [
        ("", "EXPR-005", 1, ""),
        ("  ", "EXPR-005", 3, ""),
        ("a >", "EXPR-005", 4, ""),
        ("a > > b", "EXPR-005", 5, ">"),
        ("a b", "EXPR-005", 3, "b"),
        ("a = b = c", "EXPR-005", 7, "="),
        ("(a", "EXPR-005", 3, ""),
        ("a)", "EXPR-005", 2, ")"),
        ("f(a,)", "EXPR-005", 5, ")"),
        ("case else 1 end", "EXPR-005", 6, "else"),
        ("a in ()", "EXPR-005", 7, ")"),
        ("a in (b)", "EXPR-005", 7, "b"),
        ("a == b", "EXPR-005", 4, "="),
        ("A", "EXPR-004", 1, "A"),
        ("a ! b", "EXPR-004", 3, "!"),
        ("a / b", "EXPR-004", 3, "/"),
        ('a = "x"', "EXPR-004", 5, '"'),
        ("'open", "EXPR-004", 1, "'"),
        ("1.", "EXPR-005", 2, "."),
        ("a.B", "EXPR-004", 3, "B"),
        ("a[0]", "EXPR-004", 2, "["),
        ("a ≥ 1", "EXPR-003", 3, "≥"),
        ("f（a）", "EXPR-003", 2, "（"),
        ("a，b", "EXPR-003", 2, "，"),
        ("企业", "EXPR-003", 1, "企"),
        ("a\u00a0b", "EXPR-003", 2, "\u00a0"),
        ("'x' ＝ a", "EXPR-003", 5, "＝"),
    ],
)
def test_what_is_refused(text: str, code: str, column: int, seen: str) -> None:
    with pytest.raises(SyntaxProblem) as refused:
        parse(text)
    assert refused.value.code == code
    assert (refused.value.facts["column"], refused.value.facts["seen"]) == (column, seen)


@pytest.mark.parametrize(
    ("mark", "ascii_form"),
    [("≥", ">="), ("≤", "<="), ("≠", "<>"), ("，", ","), ("（", "("), ("“", '"'), ("×", "*"), ("、", ","), ("￥", "")],
)
def test_a_chinese_mark_is_answered_with_its_ascii_form(mark: str, ascii_form: str) -> None:
    with pytest.raises(SyntaxProblem) as refused:
        parse(f"a {mark} b")
    assert refused.value.facts["expected"] == ascii_form


def test_the_length_is_bounded() -> None:
    assert parse("a" * MOST_CHARACTERS).kind == "path"
    with pytest.raises(SyntaxProblem) as refused:
        parse("a" * (MOST_CHARACTERS + 1))
    assert (refused.value.code, refused.value.facts["length"]) == ("EXPR-001", MOST_CHARACTERS + 1)


def test_the_depth_is_bounded() -> None:
    assert parse("not " * (MOST_DEPTH - 1) + "a").depth == MOST_DEPTH
    with pytest.raises(SyntaxProblem) as refused:
        parse("not " * MOST_DEPTH + "a")
    assert refused.value.code == "EXPR-002"


def test_long_chains_and_parentheses_are_refused_without_recursion() -> None:
    for text in ("a" + " + a" * 490, "-" * 1_900 + "a"):
        with pytest.raises(SyntaxProblem) as refused:
            parse(text)
        assert refused.value.code == "EXPR-002"
    assert parse("(" * 900 + "a" + ")" * 900).kind == "path"


def test_where_a_piece_begins() -> None:
    tree = parse("a and  (b + f(c))")
    assert (tree.column, [part.column for part in tree.nodes()]) == (1, [1, 9])
    assert parse("true").column == 1
