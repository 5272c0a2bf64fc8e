"""Arbitrary official texts and files made to be slow or large: findings, never a traceback, in bounded time."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.loading import try_load
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Refused
from luoshi.rulebook.official.comparing import compare
from luoshi.rulebook.official.drafting import draft
from luoshi.rulebook.official.outline import OfficialText
from luoshi.rulebook.official.parsing import read_text
from luoshi.rulebook.wording import LANGUAGES
from luoshi.rulebook.wording.catalogue import describe
from tests.fuzz.material import spoiled
from tests.unit.rulebook.official.shops import pack
from tests.unit.rulebook.official.texts import NOTICE, pdf_bytes, word_bytes
from tests.unit.rulebook.packs import write_files

pytestmark = pytest.mark.fuzz
PIECES = (
    *(
        "一、",
        "二、",
        "三、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "（1）",
        "第一章",
        "第一条",
        "第二条",
        "目标",
        "\n",
        "\n\n",
        "。",
        "：",
    ),
    *(
        "关于小店的意见",
        "附件1",
        "附件：",
        "2020年3月5日",
        "某市商务局",
        "本意见由某局负责解释。",
        "2万元",
        "50%",
        "一至两家",
    ),
    *(
        "半年",
        "浏览量:5",
        "某市发[2018]7号",
        "“",
        "”",
        "《",
        "》",
        "３",
        "\u3000",
        "责任单位：",
        "本办法自发文之日起施行",
    ),
    *("本办法", "自", "-->", "#"),
)


@cache
def shops() -> Pack:
    return pack()


def judge(name: str, content: bytes) -> None:
    """Read, compare and draft: every finding has words, ids are different, the drafted pack loads."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        findings: list[Finding]
        try:
            text, findings = read_text(path)
            findings = [*findings, *compare(text, shops())]
            drafted(text, Path(folder) / "pack")
        except Refused as refused:
            findings = refused.findings
    for finding in findings:
        assert all(all(describe(finding, lang)) for lang in LANGUAGES)


def drafted(text: OfficialText, folder: Path) -> None:
    names = [clause.id for clause in text.clauses()]
    assert len(set(names)) == len(names)
    files = draft(text, "shops")
    assert yaml.safe_load(files["policy.yaml"])["id"] == "shops"
    loaded = try_load(write_files(folder, files))
    assert loaded.pack is not None, loaded.findings
    shown = {name for name in names if name.count("/") <= 5}
    assert {name for name in loaded.pack.clauses if ":" not in name and "/" in name} == shown


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8))).map("".join))
def test_any_text(text: str) -> None:
    judge("a.txt", text.encode("utf-8", "surrogatepass"))


@given(spoiled((NOTICE,)))
def test_spoiled_text(text: str) -> None:
    judge("a.txt", text.encode("utf-8", "surrogatepass"))


@cache
def files() -> dict[str, bytes]:
    return {
        "a.docx": word_bytes(NOTICE.splitlines()),
        "a.pdf": pdf_bytes([NOTICE.split("\n\n")]),
        "a.txt": NOTICE.encode(),
    }


@given(st.sampled_from(["a.docx", "a.pdf", "a.txt"]), st.data())
def test_spoiled_files(name: str, data: st.DataObject) -> None:
    content = bytearray(files()[name])
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    judge(name, bytes(content))


@given(st.sampled_from(["a.docx", "a.pdf", "a.txt"]), st.binary(max_size=300))
def test_any_bytes(name: str, content: bytes) -> None:
    judge(name, content)


MOST_MEGABYTES = 500
LONGEST_SECONDS = 20.0
PROBE = r"""
import re, sys, time
from pathlib import Path
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.official.comparing import compare
from luoshi.rulebook.official.parsing import read_text
pack = load_pack("common")
start = time.process_time()
try:
    text, findings = read_text(Path(sys.argv[1]))
    findings = findings + compare(text, pack)
except Refused as refused:
    findings = refused.findings
most = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(time.process_time() - start, most, len(findings))
"""


def plain(text: str) -> Callable[[Path], Path]:
    return lambda folder: written(folder / "a.txt", text.encode())


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def word_bomb(body: str) -> Callable[[Path], Path]:
    """A Word file whose document is this body."""

    def write(folder: Path) -> Path:
        path = written(folder / "a.docx", word_bytes([]))
        changed = folder / "b.docx"
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        with ZipFile(path) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                inner = f"<w:document {space}><w:body>{body}</w:body></w:document>".encode()
                new.writestr(name, inner if name == "word/document.xml" else old.read(name))
        return changed

    return write


def pdf_bomb(drawing: bytes, times: int, pages: int = 1) -> Callable[[Path], Path]:
    """A PDF file with pages that draw the same over and over."""

    def write(folder: Path) -> Path:
        packer = zlib.compressobj(9)
        stream = b"".join(packer.compress(drawing * 1_000) for _ in range(times // 1_000)) + packer.flush()
        parts = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>",
            b"<</Type/XObject/Subtype/Form/Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        content, places = b"%PDF-1.4\n", []
        for number, part in enumerate(parts, 1):
            places.append(len(content))
            content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
        table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
        end = b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
        return written(folder / "a.pdf", content + table + end)

    return write


BOMBS: dict[str, Callable[[Path], Path]] = {
    "numerals": plain("一" * 390_000),
    "digits": plain("1" * 390_000),
    "blanks": plain("a" + " " * 390_000 + "b"),
    "quotes": plain("“5”" * 130_000),
    "titles in brackets": plain("《" * 390_000),
    "headings": plain("一、甲\n" * 19_000),
    "items": plain("1.甲。2.乙。3.丙。" * 32_000),
    "titles": plain("关于小店的意见\n\n一、甲\n\n" * 9_000),
    "wrapped lines": plain(("为扶持小店加快发展促进就业增收结合本市实际" + "\n") * 18_000),
    "figures": plain("一、甲\n" + "给予2万元、" * 65_000),
    "paragraphs": word_bomb("<w:p/>" * 900_000),
    "nesting": word_bomb("<w:p>" * 200_000 + "</w:p>" * 200_000),
    "a large part": word_bomb("<w:p/>" * 9_000_000),
    "drawing": pdf_bomb(b"BT /F 9 Tf (aaaaaaaaaa) Tj ET\n", 10_000_000),
    "more drawing": pdf_bomb(b"BT /F 9 Tf (a) Tj ET\n", 90_000),
    "forms in forms": pdf_bomb(b"/X Do\n", 20_000),
    "many pages": pdf_bomb(b"BT /F 9 Tf (a) Tj ET\n", 9_000, 200),
    "pages of numbers": pdf_bomb(b"1 " * 50, 1_000, 200),
    "pages of forms": pdf_bomb(b"/X Do\n", 10_000, 200),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb(bomb: str, tmp_path: Path) -> None:
    path = BOMBS[bomb](tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True, timeout=90
    )
    seconds, megabytes, _ = (float(word) for word in done.stdout.split())
    print(seconds, megabytes)
    assert megabytes < MOST_MEGABYTES
    assert seconds < LONGEST_SECONDS
