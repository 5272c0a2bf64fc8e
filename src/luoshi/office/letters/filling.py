"""Fills a Word template with a letter. What is filled in is text, whatever signs it has."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.constants import CONTENT_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from luoshi.office.letters import samples
from luoshi.office.letters.errors import Unfit
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.packages import W, cleaned
from luoshi.office.letters.placeholders import placeholders_of
from luoshi.office.letters.sandbox import Sandbox, check_source

PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
OPENERS = re.compile(r"\{[{%#]")
RAW = re.compile(r"\{\{\s*[rp]\s|\{%\s*(?:r|tc|colspan|cellbg|hm|vm)\s")
"""Instructions of the library that fills templates which put what is filled in elsewhere than into a text."""


def fill(template: bytes, words: Mapping[str, Any]) -> bytes:
    """The letter as a Word file."""
    file = DocxTemplate(io.BytesIO(template))
    file.render(dict(words), Sandbox(autoescape=True), autoescape=True)
    file.docx.core_properties.title = str(words["标题"])[:250]
    file.docx.core_properties.author = str(words["发文机关"])[:250]
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def checked(kind: Kind, uploaded: bytes) -> bytes:
    """The template of a kind that a Word file is, packed anew; `Unfit` says why it is none.

    It is harmless, asks only for what such a letter has, at least for something, and can be filled.
    """
    content = cleaned(uploaded)
    known = {one.name: one for one in placeholders_of(kind)}
    sources = list(_sources(content))
    if not any(OPENERS.search(filler) for filler, _words in sources):
        raise Unfit(_("文件里没有占位符，填不进内容。请从默认模板改起，再上传。"))
    for filler, text in sources:
        if RAW.search(text):
            raise Unfit(_("模板里有占位符以外的指令。只能用占位符、逐行重复和有无判断。"))
        check_source(filler, known)
    for words in samples.extremes(kind):
        try:
            fill(content, words)
        except (TemplateError, ValueError, KeyError, SyntaxError) as problem:
            raise Unfit(_("模板填不进内容：括号或“逐行重复”放的地方不对。请对照默认模板改正。")) from problem
    return content


def _sources(content: bytes) -> Iterator[tuple[str, str]]:
    """Everything in a Word file that is filled, as it is read when it is filled, and only its words."""
    try:
        file = DocxTemplate(io.BytesIO(content))
        file.init_docx()
        parts = file.docx.part.package.parts
        properties = [getattr(file.docx.core_properties, name) for name in PROPERTIES]
    except (KeyError, ValueError, AttributeError, TypeError) as problem:
        raise Unfit(_("文件打不开，可能已损坏。请在 Word 里另存为 .docx，再上传。")) from problem
    if any(map(OPENERS.search, properties)):
        raise Unfit(_("文件的属性里有占位符。请把它们放到正文里。"))
    filled = {file.docx.part.content_type, CONTENT_TYPE.WML_HEADER, CONTENT_TYPE.WML_FOOTER, CONTENT_TYPE.WML_FOOTNOTES}
    for part in parts:
        if part.content_type in filled:
            root = etree.fromstring(part.blob)
            whole = file.xml_to_string(root)
            lined = re.sub(r"<w:p([ >])", r"\n<w:p\1", file.patch_xml(whole))
            yield lined, "".join(one.text or "" for one in root.iter(f"{W}t"))
