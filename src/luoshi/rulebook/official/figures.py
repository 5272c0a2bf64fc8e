"""The figures of an official text: amounts, shares, lengths of time, days, document numbers, counts; exact values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from luoshi.rulebook.official.numerals import CHINESE, number

MONEY, SHARE, MONTHS, DAYS, DATE, YEAR, NUMBER, COUNT = (
    "money",
    "share",
    "months",
    "days",
    "date",
    "year",
    "number",
    "count",
)
MEASURES = dict.fromkeys(
    (
        "千瓦时",
        "千瓦",
        "kW",
        "千伏",
        "平方米",
        "平米",
        "㎡",
        "公顷",
        "亩",
        "公里",
        "千米",
        "公斤",
        "千克",
        "吨",
        "小时",
        "周岁",
        "岁",
    ),
    1,
)
MEASURES |= dict.fromkeys(("兆瓦时", "兆瓦", "MW"), 1_000)
TIMES = {"年": (MONTHS, 12), "周年": (MONTHS, 12), "个月": (MONTHS, 1), "月": (MONTHS, 1), "季度": (MONTHS, 3)}
TIMES |= {"日": (DAYS, 1), "天": (DAYS, 1), "工作日": (DAYS, 1), "个工作日": (DAYS, 1), "周": (DAYS, 7)}


@dataclass(frozen=True)
class Figure:
    """A figure: its kind, its exact value, and how it is written."""

    kind: str
    value: Fraction | str
    written: str

    @property
    def key(self) -> tuple[str, Fraction | str]:
        """What makes two figures the same."""
        return self.kind, self.value


_AMOUNT = (
    rf"(?:\d{{1,15}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?(?:[百千](?![瓦伏米克]))?|[{CHINESE}]{{1,12}})[万亿]{{0,2}}"
)
_SPAN = rf"(?P<from>{_AMOUNT})(?:[%％年月日元]?(?:-|—{{1,2}}|–|~|～|至)(?P<to>{_AMOUNT}))?"
_UNIT = "|".join(sorted([*MEASURES, *TIMES], key=len, reverse=True))
_REFERENCE = (
    r"第[\d〇零一二三四五六七八九十百（）、至到和-]{1,40}"
    r"(?:个|条|款|项|章|节|目|件|部分|批|师|次|届|名|位|类|期|号|季度|产业|方|轮)?"
)
_SCANNED = re.compile(
    "|".join(
        (
            r"(?P<title>《[^《》]*》)",
            r"〔(?P<issue>\d{4}〕\d{1,5})号",
            rf"(?P<reference>{_REFERENCE})",
            r"(?P<day>\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|[./]\d{1,2}[./]\d{1,2}))",
            r"(?P<chinese_day>[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)",
            r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)",
            r"(?P<year>\d{4})年(?P<end>(?:年)?(?:底|末)|12月底)?(?:\d{1,2}月)?",
            rf"(?P<parts>[{CHINESE}\d]{{1,9}})分之(?P<of>[{CHINESE}\d.]{{1,9}})",
            rf"(?P<halves>{_AMOUNT})年半|(?P<half>半)(?P<half_unit>年|个月|个工作日|天)",
            rf"{_SPAN}(?:余|多)?(?:(?P<percent>%|％|个百分点)|(?P<money>元)|(?P<unit>{_UNIT})|(?P<other>))",
        )
    )
)
_QUOTED = re.compile(r"“[^“”]{0,40}”")
_BOUND = re.compile(r"(至少|不少于|不低于|不超过|不高于|最多|最高|最低|超过|达到|限|共|计|仅)[^，。；]{0,2}$")
_COUNTED = re.compile(r"[人名户家个件项种台次倍村处所间套份支座辆]")
_BOUNDED = re.compile(r".{0,4}(以上|以下|以内|左右)")
FIRST_YEAR = 1900
WHOLES = {"百": 100, "千": 1_000, "万": 10_000}


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in their order. Numerals in words, slogans, titles and references are none.

    >>> [(figure.kind, str(figure.value)) for figure in figures("到2020年底，按3%给予不超过2万元补助，期限半年")]
    [('date', '2020-12-31'), ('share', '3/100'), ('money', '20000'), ('months', '6')]
    """
    quoted = {place for match in _QUOTED.finditer(text) for place in range(*match.span())}
    for match in _SCANNED.finditer(text):
        spoken = match.start() in quoted
        kind = match.lastgroup or ""
        if not (spoken and not match[0][0].isascii()):
            yield from _MAKERS.get(kind, _span)(match)


def _nothing(_match: re.Match[str]) -> Iterator[Figure]:
    return iter(())


def _issue(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure(NUMBER, match["issue"].replace("〕", "-"), match[0])


def _day(match: re.Match[str]) -> Iterator[Figure]:
    year, month, day = (int(part) for part in re.findall(r"\d+", match[0]))
    yield Figure(DATE, f"{year:04}-{month:02}-{day:02}", match[0])


def _chinese_day(match: re.Match[str]) -> Iterator[Figure]:
    parts = re.split("[年月日]", match[0].replace("○", "〇"))[:3]
    year, month, day = (int(number(part) or 0) for part in parts)
    yield Figure(DATE, f"{year:04}-{month:02}-{day:02}", match[0])


def _year(match: re.Match[str]) -> Iterator[Figure]:
    if match["end"]:
        yield Figure(DATE, f"{match['year']}-12-31", match[0])
    else:
        yield Figure(YEAR, Fraction(match["year"]), match[0])


def _parts(match: re.Match[str]) -> Iterator[Figure]:
    whole, part = WHOLES.get(match["parts"]) or number(match["parts"]), number(match["of"])
    if whole and part is not None:
        yield Figure(SHARE, part / whole, match[0])


def _half(match: re.Match[str]) -> Iterator[Figure]:
    if match["halves"]:
        years = number(match["halves"])
        if years is not None:
            yield Figure(MONTHS, years * 12 + 6, match[0])
        return
    kind, factor = TIMES[match["half_unit"]]
    yield Figure(kind, Fraction(factor, 2), match[0])


def _span(match: re.Match[str]) -> Iterator[Figure]:
    """One figure, or the two ends of a span."""
    if not _is_meant(match):
        return
    kind, factor = _kind(match)
    for written in (match["from"], match["to"]):
        value = number(written) if written else None
        if value is not None and kind == MONTHS and value >= FIRST_YEAR:
            yield Figure(YEAR, value, match[0])
        elif value is not None:
            yield Figure(kind, value * factor, _shown(match, written))


def _shown(match: re.Match[str], written: str) -> str:
    """A figure as it is shown to people: a count with the word that is counted."""
    after = match.string[match.end() : match.end() + 1] if match["other"] is not None else ""
    word = re.match(r"[\u4e00-\u9fff]", after)
    return (match[0] if written == match["from"] else written) + (word[0] if word else "")


def _kind(match: re.Match[str]) -> tuple[str, Fraction]:
    if match["percent"]:
        return SHARE, Fraction(1, 100)
    if match["money"]:
        return MONEY, Fraction(1)
    unit = match["unit"] or ""
    kind, factor = TIMES.get(unit, (COUNT, MEASURES.get(unit, 1)))
    return kind, Fraction(factor)


def _is_meant(match: re.Match[str]) -> bool:
    """Whether a numeral is a figure: one in digits is; one in Chinese only with a unit, or where it is a bound."""
    text, start, end = match.string, match.start(), match.end()
    if match["from"][0].isascii():
        before = text[start - 1 : start]
        month = match["unit"] == "月" and not match["to"]
        return not month and not (before.isascii() and before.isalpha())
    if match["percent"] or match["money"] or (match["unit"] and match["unit"] not in {"月", "周", "日"}):
        return match["from"][0] not in "万亿"
    counted = _COUNTED.match(text, end) is not None
    return counted and bool(match["to"] or _BOUND.search(text[max(0, start - 6) : start]) or _BOUNDED.match(text, end))


_MAKERS: dict[str, Callable[[re.Match[str]], Iterator[Figure]]] = {
    "title": _nothing,
    "reference": _nothing,
    "clock": _nothing,
    "issue": _issue,
    "day": _day,
    "chinese_day": _chinese_day,
    "year": _year,
    "end": _year,
    "of": _parts,
    "halves": _half,
    "half_unit": _half,
}
