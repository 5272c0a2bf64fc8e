"""Drafts the files of a new pack from an official text: headings in place, everything else to be filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from luoshi.rulebook.loading.headings import WORDS
from luoshi.rulebook.loading.reading import MOST_FILE_BYTES, MOST_FILES
from luoshi.rulebook.model.findings import Finding, Refused, Where
from luoshi.rulebook.official.figures import DATE, figures
from luoshi.rulebook.official.numerals import in_chinese
from luoshi.rulebook.official.outline import OfficialClause, OfficialDocument, OfficialText

KINDS = {
    "通知": "notice",
    "意见": "opinions",
    "办法": "measures",
    "方案": "plan",
    "细则": "rules",
    "规定": "provisions",
}
MARKS = ("{}、", "（{}）", "{}.", "（{}）", "{}.")
UNTITLED = " 待拟标题 · To be named"
MOST_FIGURES = 12
LARGEST_CHINESE = 99
NUMBERED = {parts: word for word, parts in WORDS.items()}


def draft(text: OfficialText, name: str) -> dict[str, str]:
    """The files of a pack by name; `Refused` when they would be more than a pack may hold."""
    files = {"policy.yaml": _policy(text, name)}
    for document in text.documents:
        files[f"{document.number}-{_kind(document.title)}.md"] = "\n".join(_document(document, text.file))
    largest = max(len(content.encode()) for content in files.values())
    if len(files) > MOST_FILES or largest > MOST_FILE_BYTES:
        raise Refused([Finding("TEXT-030", Where(text.file), {"files": len(files), "size": largest})])
    return files


def _kind(title: str) -> str:
    return next((word for ending, word in KINDS.items() if ending in title[-12:]), "document")


def _policy(text: OfficialText, name: str) -> str:
    first = text.documents[0]
    title = json.dumps(first.title or name, ensure_ascii=False)
    signature = next((clause for clause in text.clauses() if clause.id.endswith("/signature")), None)
    issuer = json.dumps(signature.lines[0].text if signature else "待填", ensure_ascii=False)
    number = next((clause.lines[0].text for clause in first.clauses if clause.id.endswith("/number")), None)
    return "\n".join(
        (
            f"# 由 {_plain(text.file)} 起草，逐行核对后删去说明 · drafted from it; check every line",
            f"id: {name}",
            f"title: {{zh: {title}, en: {title}}}   # en: 待译 · to be translated",
            f"number: {json.dumps(number, ensure_ascii=False)}",
            f"issuer: {{zh: {issuer}, en: {issuer}}}   # en: 待译 · to be translated",
            "jurisdiction: null   # 区划代码 · division code, in quotes",
            "status: draft   # draft | trial | in-force | repealed",
            f"issued: {_issued(signature)}",
            "in_force: {from: null, to: null}",
            "imports: [common]",
            "",
        )
    )


def _issued(signature: OfficialClause | None) -> str:
    """The day under the name of the issuer, when it is a day."""
    found = [figure for line in signature.lines for figure in figures(line.text)] if signature else []
    for figure in found:
        try:
            return date.fromisoformat(str(figure.value)).isoformat() if figure.kind == DATE else "null"
        except ValueError:
            continue
    return "null"


def _document(document: OfficialDocument, file: str) -> Iterator[str]:
    yield f"# {document.title or _plain(file)}"
    yield ""
    for clause in document.clauses:
        depth = clause.id.count("/")
        if depth <= len(MARKS):
            yield f"#{'#' * depth} {_heading(clause, depth)}"
            yield ""
            yield from _to_fill(clause)


def _heading(clause: OfficialClause, depth: int) -> str:
    part = clause.id.rpartition("/")[2]
    if not part.isdecimal():
        return f"{NUMBERED[part]} · {part.capitalize()}"
    chinese = depth <= 2 and int(part) <= LARGEST_CHINESE
    return MARKS[depth - 1].format(in_chinese(int(part)) if chinese else part) + (clause.title or UNTITLED)


def _to_fill(clause: OfficialClause) -> Iterator[str]:
    """What stands below a heading: where the text is, which figures it has, and two lines for a paraphrase."""
    page = f" p. {clause.at.page}," if clause.at.page else ""
    signs = sum(len(line.text) for line in clause.lines)
    written = dict.fromkeys(figure.written for line in clause.lines for figure in figures(line.text))
    yield f"<!-- 原文 · text:{page} line {clause.at.line}, {signs} 字 · signs"
    if written:
        yield f"     数字 · figures: {'、'.join(list(written)[:MOST_FIGURES])}"
    yield "     下面写中文、英文释义各一段，再写 norm 区块 · paraphrase in both languages, then a norm block -->"
    yield ""
    yield "<!-- 中文： -->"
    yield ""
    yield "<!-- English: -->"
    yield ""


def _plain(name: str) -> str:
    """A file name that can stand in a comment."""
    return "".join(sign for sign in name if sign.isprintable()).replace("--", "-")[:80]
