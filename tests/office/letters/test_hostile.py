"""Templates that somebody uploads: what is harmless is taken, everything else is refused with a reason."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError

from luoshi.office.letters import packages
from luoshi.office.letters.errors import Unfit
from luoshi.office.letters.filling import checked, fill
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.placeholders import placeholders_of
from luoshi.office.letters.samples import sample, words_of
from luoshi.office.letters.sandbox import Sandbox, check_source
from luoshi.office.letters.word import default_template
from tests.office.letters.papers import changed, part_of, saying, with_parts, words_of_word

KIND = Kind.REFUSAL
DEFAULT = default_template(KIND)
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"


@pytest.mark.parametrize("kind", Kind)
def test_the_default_template_is_one(kind: Kind) -> None:
    checked(kind, default_template(kind))


def test_a_template_changed_by_hand_is_taken_and_filled() -> None:
    content = saying("{{ 标题 }}", "{%p for 一条 in 理由 %}", "{{ 一条.序号 }}. {{ 一条.条件 }}", "{%p endfor %}", "完")
    checked(KIND, content)
    assert words_of_word(fill(content, words_of(sample(KIND)))).startswith("关于不予样例奖补的告知书1.吸纳5人以上2.")


REFUSED = {
    "an unknown name": "{{ 秘密 }}",
    "an attribute of a text": "{{ 标题.__class__ }}",
    "an item of a text": "{{ 标题['__class__'] }}",
    "a method": "{{ 标题.upper() }}",
    "a call of a global": "{{ range(10) }}",
    "a cycler": "{{ cycler.__init__.__globals__ }}",
    "the loop itself": "{% for 行 in 理由 %}{{ loop.index }}{% endfor %}",
    "the template itself": "{{ self._TemplateReference__context }}",
    "a filter": "{{ 标题|attr('x') }}",
    "a test": "{% if 标题 is string %}x{% endif %}",
    "arithmetic": "{{ 7*7 }}",
    "a long text": "{{ 'x' * 1000000000 }}",
    "joined texts": "{{ 标题 ~ 标题 }}",
    "a set": "{% set x = 1 %}",
    "a macro": "{% macro x() %}{% endmacro %}",
    "an include": "{% include 'x' %}",
    "an import": "{% import 'os' as os %}",
    "a parent": "{% extends 'x' %}",
    "a block": "{% block x %}{% endblock %}",
    "a call block": "{% call x() %}{% endcall %}",
    "a with": "{% with x = 标题 %}{{ x }}{% endwith %}",
    "an unknown column": "{% for 行 in 理由 %}{{ 行.keys }}{% endfor %}",
    "a column by item": "{% for 行 in 理由 %}{{ 行['条件'] }}{% endfor %}",
    "a row outside its loop": "{{ 行.条件 }}",
    "a whole row": "{% for 行 in 理由 %}{{ 行 }}{% endfor %}",
    "a whole table": "{{ 理由 }}",
    "a whole list": "{{ 依据 }}",
    "a loop over a text": "{% for 字 in 标题 %}{{ 字 }}{% endfor %}",
    "a loop in a loop": "{% for 行 in 理由 %}{% for 又 in 理由 %}x{% endfor %}{% endfor %}",
    "a loop that filters": "{% for 行 in 理由 if 行.条件 %}x{% endfor %}",
    "a loop that calls itself": "{% for 行 in 理由 recursive %}x{% endfor %}",
    "a loop that takes a name": "{% for 标题 in 理由 %}x{% endfor %}",
    "a loop that unpacks": "{% for 甲, 乙 in 理由 %}x{% endfor %}",
    "a comparison of order": "{% if 标题 < 'x' %}x{% endif %}",
    "an end that is missing": "{% if 标题 %}x",
    "a brace that is missing": "{{ 标题 }",
    "a run of its own": "{{r 标题 }}",
    "a column of its own": "{%tc for 行 in 理由 %}x{%tc endfor %}",
    "a span": "{% colspan 标题 %}",
    "a merge": "{% for 行 in 理由 %}{% hm %}{% endfor %}",
    "a raw text with an end": "{% raw %}{{ 标题 }}",
    "an unknown instruction": "{% do 标题 %}",
    "a debugger": "{% debug %}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_a_template_does_nothing_but_name_what_a_letter_has(text: str) -> None:
    with pytest.raises(Unfit) as refused:
        checked(KIND, saying("{{ 标题 }}", text))
    assert str(refused.value)


@pytest.mark.parametrize("text", [*REFUSED.values()][::8])
def test_also_in_the_head_of_a_page(text: str) -> None:
    marked = part_of(DEFAULT, "word/document.xml")
    assert "headerReference" in marked
    name = next(one for one in zipfile.ZipFile(io.BytesIO(DEFAULT)).namelist() if one.startswith("word/header"))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    header = part_of(DEFAULT, name).replace("{{ 发文机关 }}", escaped)
    with pytest.raises(Unfit):
        checked(KIND, with_parts(DEFAULT, {name: header}))


@pytest.mark.parametrize("text", ["{{ 标题.__class__ }}", "{{ 标题['a'] }}", "{{ x() }}", "{{ 行.a.b }}"])
def test_what_slipped_through_would_still_reach_nothing(text: str) -> None:
    words = words_of(sample(KIND)) | {"行": {"a": "b"}, "x": print}
    with pytest.raises(TemplateError):
        Sandbox(autoescape=True).from_string(text).render(words)


def test_a_template_without_placeholders_is_none() -> None:
    with pytest.raises(Unfit, match="没有占位符"):
        checked(KIND, saying("只有字"))


def test_placeholders_in_the_properties_are_refused() -> None:
    core = part_of(DEFAULT, "docProps/core.xml").replace("<dc:title></dc:title>", "<dc:title/>")
    assert "<dc:title/>" in core
    hidden = core.replace("<dc:title/>", "<dc:title>{{ 标题.x }}</dc:title>")
    with pytest.raises(Unfit, match="属性"):
        checked(KIND, with_parts(DEFAULT, {"docProps/core.xml": hidden}))


# --- The file itself -------------------------------------------------------------------------------------------------


def _with_type(name: str, kind: str) -> bytes:
    types = part_of(DEFAULT, TYPES)
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return with_parts(DEFAULT, {TYPES: types.replace("</Types>", override), name: b"x"})


def _with_relation(target: str, mode: str = ' TargetMode="External"', kind: str = "attachedTemplate") -> bytes:
    relations = part_of(DEFAULT, RELATIONS)
    one = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return with_parts(DEFAULT, {RELATIONS: relations.replace("</Relationships>", one)})


def _with_field(*words: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in words)
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    document = part_of(DEFAULT, "word/document.xml")
    return with_parts(DEFAULT, {"word/document.xml": document.replace("</w:p>", field, 1)})


def _with_element(xml: str) -> bytes:
    document = part_of(DEFAULT, "word/document.xml")
    return with_parts(DEFAULT, {"word/document.xml": document.replace("<w:body>", f"<w:body>{xml}", 1)})


def _bomb() -> bytes:
    return with_parts(DEFAULT, {"word/media/image1.png": b"\0" * (packages.MOST_UNPACKED + 1)})


def _doctype() -> bytes:
    document = part_of(DEFAULT, "word/document.xml")
    head, rest = document.split("?>", 1)
    laughs = '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]>'
    return with_parts(DEFAULT, {"word/document.xml": f"{head}?>{laughs}{rest}"})


FILES = {
    "macros": _with_type("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
    "an embedded file": _with_type("word/embeddings/o.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
    "a control": _with_type("word/activeX/a.xml", "application/vnd.ms-office.activeX+xml"),
    "foreign text": _with_type("word/afchunk.htm", "text/html"),
    "a part of no kind": with_parts(DEFAULT, {"word/evil.exe": b"MZ"}),
    "a template from outside": _with_relation("http://127.0.0.1/x.dotm"),
    "a picture from outside": _with_relation("smb://host/picture.png", kind="image"),
    "an address that is not marked": _with_relation("https://example.invalid/", mode="", kind="hyperlink"),
    "a field that starts a program": _with_field("DDEAUTO c:\\\\windows\\\\cmd"),
    "a field in pieces": _with_field("DD", "EAUTO x"),
    "a field that fetches": _with_field(" INCLUDETEXT x"),
    "an embedded object": _with_element("<w:object/>"),
    "a chunk": _with_element("<w:altChunk/>"),
    "a bomb": _bomb(),
    "many parts": with_parts(DEFAULT, {f"word/{place}.xml": "<x/>" for place in range(packages.MOST_PARTS)}),
    "a way out": with_parts(DEFAULT, {"../x.xml": "<x/>"}),
    "entities": _doctype(),
    "broken markup": with_parts(DEFAULT, {"word/document.xml": "<w:document>"}),
    "no document": with_parts(saying("{{ 标题 }}"), {TYPES: "<Types/>"}),
    "no zip": b"PK\x03\x04 nothing",
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "nothing": b"",
    "too large": b"PK" + b"\0" * packages.MOST_BYTES,
    "a workbook": with_parts(DEFAULT, {TYPES: part_of(DEFAULT, TYPES).replace(packages.MAIN, "application/xml")}),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_harmless_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(Unfit) as refused:
        checked(KIND, content)
    assert str(refused.value)


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(DEFAULT)
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(sign)
        content[place + (6 if sign.endswith(b"\x04") else 8)] |= 1
    with pytest.raises(Unfit):
        checked(KIND, bytes(content))


def _lying() -> bytes:
    """An archive with a part that unpacks to more than it says."""
    honest = with_parts(DEFAULT, {"word/media/image1.png": b"\0" * 1_000_000})
    said, lie = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    return honest.replace(said, lie)


def test_a_part_that_lies_about_its_size_unpacks_no_further() -> None:
    with pytest.raises(Unfit):
        checked(KIND, _lying())


def test_the_same_file_packed_otherwise_is_the_same_template() -> None:
    assert checked(KIND, with_parts(DEFAULT, {})) == checked(KIND, DEFAULT)


def test_page_numbers_are_fields_that_may_stay() -> None:
    checked(KIND, _with_field(" NUMPAGES "))


def test_a_loop_of_rows_that_is_torn_apart_is_refused() -> None:
    with pytest.raises(Unfit):
        checked(KIND, changed(KIND, "{%tr endfor %}", ""))


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10**6))
def test_no_damaged_file_is_more_than_refused(noise: bytes, place: int) -> None:
    at = place % len(DEFAULT)
    try:
        checked(KIND, DEFAULT[:at] + noise + DEFAULT[at + len(noise) :])
    except Unfit:
        pass


TAGS = st.lists(
    st.sampled_from(
        ["{{", "}}", "{%", "%}", "{#", "#}", " for ", " in ", " if ", "endfor", "endif", "else", "标题", "理由", "行"]
        + [".", "条件", "__class__", "(", ")", "[", "]", "'", "|", "loop", "self", "*", "9999999", " is ", "-", "%"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TAGS)
def test_what_is_let_through_only_says_what_the_letter_says(source: str) -> None:
    known = {one.name: one for one in placeholders_of(KIND)}
    words = words_of(sample(KIND))
    try:
        check_source(source, known)
    except Unfit:
        return
    said = Sandbox(autoescape=True).from_string(source).render(words)
    assert "<" not in said and "built-in" not in said and len(said) < 20_000
