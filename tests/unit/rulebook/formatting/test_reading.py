"""Comments and blank lines are given to the entries they stand with."""

from __future__ import annotations

from luoshi.rulebook.formatting.reading import read_tree
from luoshi.rulebook.formatting.tree import Collection, Item, Scalar, comments, has_comments


def tree(text: str) -> Collection:
    found = read_tree(text)
    assert isinstance(found, Collection)
    return found


def item(text: str, *path: str) -> Item:
    """The entry at a path of keys."""
    found: Item | None = None
    inside = tree(text)
    for key in path:
        found = next(entry for entry in inside.items if entry.key is None or entry.key.text == key)
        inside = found.value if isinstance(found.value, Collection) else inside
    assert found
    return found


def test_a_comment_above_belongs_to_what_follows() -> None:
    assert item("# one\n# two\na: 1\nb: 2\n", "a").above == ["# one", "# two"]
    assert item("a: 1\n  # one\nb: 2\n", "b").above == ["# one"]
    assert item("a:\n  # one\n  b: 2\n", "a", "b").above == ["# one"]


def test_a_comment_beside_belongs_to_its_line() -> None:
    text = "a: 1  # one\nb:  # two\n  c: 2  # three\nd: {e: 1}  # four\n"
    assert [item(text, *path).beside for path in ("a", "b", "bc", "d")] == [
        ["# one"],
        ["# two"],
        ["# three"],
        ["# four"],
    ]


def test_a_comment_after_the_last_entry_belongs_to_those_as_deep() -> None:
    found = tree("a:\n  b: 1\n  # inner\n# outer\n")
    inner = found.items[0].value
    assert isinstance(inner, Collection)
    assert (inner.foot, found.foot) == (["# inner"], ["# outer"])
    assert item("a:\n  b: 1\n# next\nc: 1\n", "c").above == ["# next"]


def test_comments_in_braces() -> None:
    text = "a: {b: 1,  # one\n  # two\n  c: [1, 2],  # three\n  # four\n  }  # five\n"
    inner = item(text, "a").value
    assert isinstance(inner, Collection)
    assert [entry.beside for entry in inner.items] == [["# one"], ["# three"]]
    assert inner.items[1].above == ["# two"] and inner.foot == ["# four"]
    assert item(text, "a").beside == ["# five"]
    assert item("a: {  # one\n  b: 1}\n", "a").beside == ["# one"]
    assert item("a: [\n  # one\n  ]\n", "a").beside == ["# one"]
    assert item("- # one\n  a: 1\n", "").above == ["# one"]


def test_a_comment_between_key_and_value() -> None:
    assert item("a:  # one\n  text\n", "a").beside == ["# one"]
    assert item("a: >-  # one\n  text\n", "a").beside == ["# one"]


def test_a_sharp_inside_a_text_is_no_comment() -> None:
    text = "a: x#y\nb: 'x # y'\nc: |\n  # x\n  y\nd: \"#\"\n"
    assert not has_comments(tree(text))
    assert list(comments(tree("a: [1, {b: '#'}]  # one\n"))) == ["# one"]


def test_comments_around_everything() -> None:
    found = tree("# one\n{a: 1}  # two\n# three\n")
    assert found.items[0].above == ["# one"] and found.foot == ["# two", "# three"]
    assert tree("{  # one\n  a: 1}\n").foot == ["# one"]


def test_blank_lines_are_seen_before_entries_and_their_comments() -> None:
    text = "a: 1\n\nb: 2\nc: 3\n\n# one\nd: 4\n"
    assert [entry.after_blank for entry in tree(text).items] == [False, True, False, True]
    assert [entry.after_blank for entry in tree("- 1\n\n- 2\n").items] == [False, True]


def test_values_are_texts_or_nothing() -> None:
    found = tree("a: \nb: null\nc: ~\nd: 'null'\ne: 1.50\n")
    assert [entry.value for entry in found.items] == [
        Scalar(None), Scalar(None), Scalar(None), Scalar("null", True), Scalar("1.50"),
    ]  # fmt: skip


def test_folded_lines_are_kept_as_they_were_broken() -> None:
    assert item("a: >-\n  one\n  two three\n", "a").value == Scalar("one two three", True, ("one", "two three"))
    assert item("a: >\n  one\n  two\n", "a").value == Scalar("one two\n", True)


def test_what_is_no_collection() -> None:
    assert read_tree("") is None and read_tree("# one\n") is None
    assert read_tree("text  # one\n") == Scalar("text")
