"""One layout: short values in braces, expressions and long values at length, comments where they stood."""

from __future__ import annotations

from textwrap import dedent

import pytest

from luoshi.rulebook.formatting.blocks import formatted_block, formatted_policy

LONG = "word " * 30


def same(kind: str, text: str) -> None:
    """The text is in the canonical layout."""
    assert formatted_block(dedent(text), kind) == dedent(text)


def becomes(kind: str, before: str, after: str) -> None:
    assert formatted_block(dedent(before), kind) == dedent(after)
    same(kind, after)


def test_short_values_stand_in_braces_and_nothing_is_aligned() -> None:
    becomes(
        "parameter",
        """\
        grant:
            title:   {zh: 补助,
                      en: "grant"}
            unit:    'CNY'
            2020-01-01:  5.00
        least:   {unit: person,   title: {en: least, zh: 下限}, 2020-01-01: 5}
        """,
        """\
        grant: {title: {zh: 补助, en: grant}, unit: CNY, 2020-01-01: 5.00}
        least: {title: {zh: 下限, en: least}, unit: person, 2020-01-01: 5}
        """,
    )


def test_expressions_stand_on_lines_of_their_own() -> None:
    becomes(
        "measure",
        "m: {for: thing, title: {zh: 一, en: one}, conditions: {a: 'size > 1', b: good}, funds: [x, y], amount: 1}\n",
        """\
        m:
          title: {zh: 一, en: one}
          for: thing
          conditions:
            a: size > 1
            b: good
          amount: 1
          funds: [x, y]
        """,
    )


def test_what_does_not_fit_stands_at_length() -> None:
    becomes(
        "norm",
        f"a: {{kind: scope, force: fact, zh: 文, en: {LONG.strip()}}}\n",
        f"""\
        a:
          kind: scope
          force: fact
          zh: 文
          en: >-
            {(LONG[:115]).strip()}
            {(LONG[115:]).strip()}
        """,
    )


def test_chinese_is_never_broken() -> None:
    same("fund", f"f:\n  title:\n    zh: {'钱' * 80}\n    en: money\n  payer: county\n")


def test_a_text_keeps_the_lines_its_author_chose_unless_it_fits_on_one() -> None:
    same(
        "fact",
        f"""\
        f:
          of: thing
          value: >-
            {"a" * 60} > 1
            and {"b" * 60} > 1
        """,
    )
    becomes("fact", "f:\n  value: >-\n    a\n    and b\n", "f:\n  value: a and b\n")
    becomes(
        "fact",
        f"f:\n  value: >-\n    {('a ' * 70).strip()}\n    {('b ' * 10).strip()}\n",
        f"f:\n  value: >-\n    {('a ' * 58).strip()}\n    {('a ' * 12 + 'b ' * 10).strip()}\n",
    )


def test_texts_with_lines_stand_literally() -> None:
    becomes(
        "norm",
        'a: {zh: "一\\n二", en: "one\\n\\ntwo\\n"}\n',
        "a:\n  zh: |-\n    一\n    二\n  en: |\n    one\n\n    two\n",
    )
    same("norm", 'a:\n  zh: "\\n一"\n  en: "a\\n  b"\n')


def test_a_long_text_with_two_spaces_stays_on_one_line() -> None:
    same("norm", f'a:\n  en: "{LONG} x"\n')


def test_lists() -> None:
    becomes(
        "measure",
        """\
        m:
          evidence:
            - {zh: 一, en: one}
          assumes:
            - a
            - b
          funds: []
        """,
        """\
        m:
          funds: []
          evidence: [{zh: 一, en: one}]
          assumes: [a, b]
        """,
    )
    becomes(
        "table",
        "t: {rows: [{a: {to: 1}, value: 2}, {value: 3, a: {from: 2}}]}\n",
        """\
        t:
          rows:
            - {a: {to: 1}, value: 2}
            - {value: 3, a: {from: 2}}
        """,
    )
    same("example", f"e:\n  fields:\n    names:\n      - {'a' * 60}\n      - {'b' * 60}\n")


def test_nested_lists_and_long_entries() -> None:
    same(
        "match",
        """\
        m:
          preference:
            - by: supply.price
              order: lowest
            - by: supply.first
              order: true_first
        """,
    )
    same("example", "e:\n  rows:\n    a:\n      - - b: {c: {d: 1}}\n        - 2\n")


def test_at_most_two_levels_in_braces() -> None:
    same("example", "e:\n  rows:\n    a: [{b: {c: 1}}]\n  given: {a: 1}\n")
    same("example", "e:\n  fields:\n    a:\n      b: {c: {d: 1}}\n")


def test_comments_stay_where_they_stand_and_move_with_their_keys() -> None:
    becomes(
        "fund",
        """\
        # about f
        f:   # beside f
           # about payer
           payer:   county   # beside payer
           title: {zh: 一, # in braces
             en: one}
           # foot of f
        # foot
        """,
        """\
        # about f
        f:  # beside f
          title:
            zh: 一  # in braces
            en: one
          # about payer
          payer: county  # beside payer
          # foot of f
        # foot
        """,
    )


def test_comments_of_entries_of_lists_stand_above_the_dash() -> None:
    becomes(
        "match",
        """\
        m:
          preference:
            # one
            -   # two
              # three
              by: a
              order: lowest
            - {by: b,  # four
               order: highest}  # five
        """,
        """\
        m:
          preference:
            # one
            # two
            # three
            - by: a
              order: lowest
            # five
            - by: b  # four
              order: highest
        """,
    )
    same("example", "e:\n  rows:\n    a:\n      # one\n      - b  # two\n      - 3\n")
    becomes(
        "example",
        "e:\n  rows:\n    a:\n      - # one\n        - # two\n          - 3\n          - 4\n",
        "e:\n  rows:\n    a:\n      # one\n      # two\n      - [[3, 4]]\n",
    )


def test_comments_in_what_is_empty_stand_beside_it() -> None:
    becomes("measure", "m:\n  funds: [  # one\n    # two\n    ]\n", "m:\n  funds: []  # one  # two\n")


def test_one_blank_line_between_entries_is_kept() -> None:
    becomes(
        "fund",
        "\n\nf:\n\n  title: {zh: 一, en: one}\n\n\n  payer: city\n\n\ng: {payer: city}\n\n",
        "f: {title: {zh: 一, en: one}, payer: city}\n\ng: {payer: city}\n",
    )
    same("fact", "f:\n  of: thing\n\n  value: a\n")


def test_an_entry_that_holds_nothing_yet() -> None:
    same("fact", "f: {}\ng: null\n")


def test_keys_in_quotes() -> None:
    same("example", '"a: b":\n  rows:\n    area: {"621102": {name: x}}\n')
    becomes("example", "'a b': {as_of: 2020-01-01}\n", "a b:\n  as_of: 2020-01-01\n")


@pytest.mark.parametrize("text", ["", "# nothing\n", "text\n", "[]\n", "{}\n"])
def test_what_holds_no_entries_stays(text: str) -> None:
    assert formatted_block(text, "fact") == text


def test_a_policy() -> None:
    before = "issuer: {zh: 局,\n  en: office}\nid: tiny\nnumber:\njurisdiction: '6211'\nstatus: draft\n"
    after = 'id: tiny\nnumber: null\nissuer: {zh: 局, en: office}\njurisdiction: "6211"\nstatus: draft\n'
    assert formatted_policy(before) == after == formatted_policy(after)
