"""Repairs the signs of an official text: widths, blanks, brackets of document numbers; furniture of pages goes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.marks import find_mark

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = {0xFF05: "%", 0xFF0E: ".", ord("("): "（", ord(")"): "）", 0x3000: " ", 0xA0: " ", 0x2F: "/", 0xFF0F: "/"}
_SIGNS |= dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xAD, 0xFFFE), "")
_ENCLOSED = re.compile("[\u3220-\u3229\u2474-\u249b]")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_DASHED = re.compile(r"^（?[-—–－ー](?=[、）])")
_NUMBER = re.compile(r"([\u4e00-\u9fff])([\[（【［〔〈<])(\d{4})年?([\]）】］〕〉>])(?:第)?0*(\d{1,5})(?=号)")
MOST_FURNITURE = 60
FURNITURE = re.compile(
    r"浏览(量|次数)|点击(量|次数|率)|访问量|^(发布|更新|发稿)?(时间|日期)[:：]\d{4}-|^(信息|文章|稿件)?来源[:：]|^责任编辑|^字[体号][:：]|"
    r"视力保护|当前位置|^首页\s*[>＞»]|打印(本页|此页)|关闭(窗口|本页)|^分享(到|至)|扫一扫|扫描二维码|微信公众号|^本文(链接|关键词|地址)|"
    r"^相关(政策|文件|阅读|解读|链接|文章)[:：]?$|^政策解读$|^[上下]一篇|版权所有|ICP备|公网安备|^返回(顶部|首页|列表)|https?://|www\.|"
    r"^信息公开(选项|形式|属性)|^索引号|^主题词[:：]|网站标识码"
)
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(第)?\d{1,4}(页)?([/／,，\s]*(共)?\d{1,4}(页)?)?[-—–·\s]*")


def clean(lines: list[Line], findings: Findings) -> list[Line]:
    """The lines with their signs repaired and without the furniture of pages; what was done is a finding each."""
    kept = _without_furniture([line.saying(_signs(line.text)) for line in lines], findings)
    wide = [line for line in lines if any(ord(sign) in _WIDE and sign.isdigit() for sign in line.text)]
    if wide:
        findings.add("TEXT-011", wide[0].at.where(), count=len(wide))
    return [_numbered(line, findings) for line in kept]


def _signs(text: str) -> str:
    """A line in usual signs: digits and letters of usual width, round brackets of full width, no blanks in Chinese.

    >>> _signs("(一) 到 ２０２０ 年底")
    '（一）到2020年底'
    """
    opened = _ENCLOSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    plain = opened.translate(_WIDE | _SIGNS)
    shown = "".join(sign for sign in plain if sign.isprintable() or sign.isspace())
    return _DASHED.sub(lambda match: match[0][:-1] + "一", _BLANKS.sub("", " ".join(shown.split())))


def _numbered(line: Line, findings: Findings) -> Line:
    """The line with every document number in hexagonal brackets."""
    text = _NUMBER.sub(r"\1〔\3〕\5", line.text)
    for match in _NUMBER.finditer(line.text):
        if match[2] + match[4] != "〔〕" or match[0] != match.expand(r"\1〔\3〕\5"):
            findings.add("TEXT-012", line.at.where(), seen=match[0][1:] + "号", expected=f"〔{match[3]}〕{match[5]}号")
    return line.saying(text)


def _without_furniture(lines: list[Line], findings: Findings) -> list[Line]:
    repeated = _heads_and_feet(lines)
    dropped = [line for line in lines if _is_furniture(line, repeated)]
    if dropped:
        shown = dropped[0].text[:MOST_FURNITURE]
        findings.add("TEXT-010", dropped[0].at.where(), count=len(dropped), seen=shown)
    gone = {id(line) for line in dropped}
    return [line for line in lines if line.text and id(line) not in gone]


def _is_furniture(line: Line, repeated: set[str]) -> bool:
    if not line.text or len(line.text) > MOST_FURNITURE:
        return False
    if line.at.page and (line.text in repeated or _PAGE_NUMBER.fullmatch(line.text)):
        return True
    if line.text.startswith(("-", "—")) and _PAGE_NUMBER.fullmatch(line.text):
        return True
    return bool(FURNITURE.search(line.text)) and not (line.text.endswith(("。", "；")) or find_mark(line.text))


def _heads_and_feet(lines: list[Line]) -> set[str]:
    """What stands first or last on at least three pages."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        pages.setdefault(line.at.page, []).append(line.text)
    ends = Counter(text for texts in pages.values() for text in {texts[0], texts[-1]})
    return {text for text, times in ends.items() if times >= 3}
