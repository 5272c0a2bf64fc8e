"""How names are found: by fragments, by pinyin in full, by initials, by any mixture of them.

The database keeps, beside each name, what it is found by (`sounds.sql`), so that whoever writes a row has nothing to
do for it. A question is cut here into the ways in which it can be meant.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import islice, pairwise, product
from pathlib import Path

from django.db import connection
from psycopg import sql
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from luoshi.office.registry.shape import Column
from luoshi.rulebook.model.types import Text

NAME = "name"
"""The field of a register that names its rows."""
HEARD = 3
"""In so many words a sign has a reading that people know."""
SURNAMES = {
    "单": ("shan",), "仇": ("qiu",), "查": ("zha",), "解": ("xie",), "曾": ("zeng",), "区": ("ou",), "朴": ("piao",),
    "盖": ("ge",), "尉": ("yu",), "乐": ("yue",), "覃": ("qin", "tan"), "翟": ("zhai",), "缪": ("miao",),
    "员": ("yun",), "种": ("chong",), "召": ("shao",), "冼": ("xian",), "秘": ("bi",), "繁": ("po",), "折": ("she",),
    "黑": ("he",), "宓": ("fu", "mi"), "令": ("ling",), "能": ("nai",), "牟": ("mu",),
}  # fmt: skip
"""How signs are read as surnames."""
MOST_WAYS = 8
MOST_INITIALS = 4
DOUBLE_INITIALS = frozenset({"zh", "ch", "sh"})
ON_CARDS = {"lv": "lyu", "nv": "nyu", "lve": "lyue", "nve": "nyue"}
"""What is written for ü on identity cards and passports."""
FUNCTIONS = Path(__file__).with_name("sounds.sql")
Way = tuple[str, ...]


def is_name(column: Column) -> bool:
    """Whether rows are found by a column as by a name."""
    return column.name == NAME and isinstance(column.type, Text) and not column.encrypted


def prepare() -> None:
    """The functions that names are found with are in the database, with the readings of this release.

    Where these have changed, every index that was made with the former ones is made anew.
    """
    form = FUNCTIONS.read_text(encoding="utf-8")
    told = sha256((form + _readings_written()).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure('registry.pieces(text)'), 'pg_proc')")
        if cursor.fetchone()[0] == told:
            return
        cursor.execute(form.replace("{sounds}", _readings_written()))
        cursor.execute(
            "SELECT i.oid::regclass::text FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid"
            " WHERE pg_get_expr(x.indexprs, x.indrelid) LIKE '%registry.pieces(%'"
        )
        for (index,) in cursor.fetchall():
            cursor.execute(sql.SQL("REINDEX INDEX {}").format(sql.SQL(index)))
        cursor.execute(sql.SQL("COMMENT ON FUNCTION registry.pieces(text) IS {}").format(told))


def indexed(column: str) -> sql.Composed:
    """What the index of a name column is made on."""
    return sql.SQL("registry.pieces({})").format(sql.Identifier(column))


def named(column: str, text: str) -> sql.Composed:
    """The rows whose name is meant by a text: a fragment, pinyin, initials. A single letter means nothing."""
    meant = list(islice(ways(text), MOST_WAYS))
    if not meant:
        return sql.SQL("false").format()
    asked = " | ".join(f"({' & '.join(_pieces(way))})" for way in meant)
    found = sql.SQL("{} @@ {}::tsquery").format(indexed(column), asked)
    if all(map(_is_told_by_pieces, meant)):
        return found
    pattern = "|".join(map(_pattern, meant))
    return sql.SQL("({} AND registry.sounded({}) ~ {})").format(found, sql.Identifier(column), pattern)


def ways(text: str) -> Iterator[Way]:
    """The ways in which a text can be cut into signs, syllables and their beginnings, those of fewest pieces first.

    >>> list(ways("zs")), list(ways("张s")), list(ways("z"))
    ([('z', 's')], [('张', 's')], [])
    >>> next(ways("zhangsan")), next(ways("张 三"))
    (('zhang', 'san'), ('张', '三'))
    """
    parts = [_cut(run) for run in _runs(unicodedata.normalize("NFKC", text).lower().replace("ü", "v"))]
    whole = (tuple(piece for part in choice for piece in part) for choice in product(*parts))
    for way in sorted(islice(whole, 64), key=len):
        if way and (len(way) > 1 or len(way[0]) > 1 or not way[0].isascii()):
            yield way


def _runs(text: str) -> list[str]:
    """Words of Latin letters or digits whole, other signs one by one, anything else left out."""
    found: list[str] = []
    joined = False
    for sign in text:
        is_latin = sign.isascii() and sign.isalnum()
        if is_latin and joined:
            found[-1] += sign
        elif sign.isalnum():
            found.append(sign)
        joined = is_latin
    return found


def _cut(run: str) -> list[Way]:
    if not run.isascii():
        return [(run,)]
    found = _likely(run, sorted(_cuts(run), key=len)) if run.isalpha() else []
    return found if (run,) in found else [*found, (run,)] if len(run) > 1 or not found else found


def _likely(run: str, cuts: list[Way]) -> list[Way]:
    """The cuts that people mean: those of fewest pieces, whole syllables only, or initials only."""
    fewest = len(cuts[0]) if cuts else 0
    initials = tuple(run) if len(run) <= MOST_INITIALS else ()
    return [cut for cut in cuts if len(cut) == fewest or cut == initials or all(map(_is_whole, cut))][:MOST_WAYS]


def _cuts(run: str) -> Iterator[Way]:
    """Syllables or initials, and last what a syllable may begin with; at most as many as a name has signs."""
    open_ways: list[tuple[Way, str]] = [((), run)]
    while open_ways:
        before, rest = open_ways.pop()
        if _begins_syllable(rest):
            yield (*before, rest)
        if len(before) < MOST_WAYS:
            for length in range(min(len(rest) - 1, 6), 0, -1):
                head = rest[:length]
                if head in syllables() or (length == 1 and _begins_syllable(head)) or head in DOUBLE_INITIALS:
                    open_ways.append(((*before, head), rest[length:]))


def _pieces(way: Way) -> Iterator[str]:
    """What every name that is meant has among its pieces, as a question of a text search."""
    for piece in way[:-1]:
        if _is_whole(piece) or not piece.isascii():
            yield f"'{piece}'"
    if len(way[-1]) > 1 or not way[-1].isascii():
        yield f"'{way[-1]}'" + (":*" if way[-1].isascii() else "")
    for one, other in pairwise(way):
        if one.isascii() != other.isascii():
            continue
        if not one.isascii() or not (_is_whole(one) and _is_whole(other)):
            yield f"'{one[0]}{other[0]}'"


def _is_told_by_pieces(way: Way) -> bool:
    """Whether a name that has the pieces of a way is meant, without looking at it again."""
    one_kind = len({piece.isascii() for piece in way}) == 1
    return len(way) == 1 or (len(way) == 2 and one_kind and all(len(piece) == 1 for piece in way))


def _is_whole(piece: str) -> bool:
    """Whether a sign must be read like this; a single letter is an initial, even where a sign is read so."""
    return len(piece) > 1 and piece in syllables()


def _pattern(way: Way) -> str:
    return "(^|[ /])" + "[^ ]* ([^ ]*/)?".join(way)


@cache
def readings() -> dict[str, str]:
    """The readings of every sign, without tones: 单 is dan/shan. Those that no word and no surname has are left out."""
    found = {}
    spoken = _spoken()
    for code, written in PINYIN_DICT.items():
        usual = dict.fromkeys(map(_toneless, written.split(",")))
        told = [each for each in usual if (chr(code), each) in spoken] or list(usual)[:1]
        plain = dict.fromkeys([*told, *SURNAMES.get(chr(code), ())])
        plain = dict.fromkeys(each for each in plain if each.isascii() and each.isalpha())
        if plain:
            found[chr(code)] = "/".join([*plain, *(ON_CARDS[each] for each in plain if each in ON_CARDS)])
    return found


def _spoken() -> frozenset[tuple[str, str]]:
    """The signs with the readings that they have in several words."""
    heard = Counter(
        (sign, _toneless(said[0]))
        for word, saying in PHRASES_DICT.items()
        for sign, said in zip(word, saying, strict=False)
    )
    return frozenset(pair for pair, times in heard.items() if times >= HEARD)


@cache
def _toneless(said: str) -> str:
    return to_normal(said, v_to_u=False)


@cache
def syllables() -> frozenset[str]:
    """Every syllable that a sign is read as."""
    return frozenset(each for said in readings().values() for each in said.split("/"))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(each[:length] for each in syllables() for length in range(1, len(each) + 1))


def _begins_syllable(text: str) -> bool:
    return text in _beginnings()


@cache
def _readings_written() -> str:
    return json.dumps(readings(), ensure_ascii=False, separators=(",", ":"))
