"""Reading a pack folder: what is missing, too large or unreadable, and blocks that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.loading import load_pack, try_load
from luoshi.rulebook.loading.reading import MOST_FILE_BYTES, MOST_FILES, MOST_PACK_BYTES, read_pack
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.packs import CLAUSE, HEAD, POLICY, codes, expected, seen, try_files, write_files

FUND = "```yaml fund\nm: {title: {zh: 题, en: title}, payer: county}\n```\n"


def with_document(text: str, name: str = "1-test.md") -> dict[str, str | bytes]:
    return {"policy.yaml": POLICY, name: text}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    loaded = try_load(tmp_path / "nowhere")
    assert loaded.pack is None
    assert loaded.findings[0].code == "PACK-001"
    assert loaded.findings[0].where.file == "nowhere"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("x")
    assert "PACK-001" in codes(try_load(tmp_path / "pack").findings)


def test_a_folder_without_policy() -> None:
    assert codes(try_files({"1-test.md": HEAD}).findings) == ["PACK-005"]


def test_a_folder_instead_of_the_policy(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pack", {"1-test.md": HEAD})
    (folder / "policy.yaml").mkdir()
    assert codes(try_load(folder).findings) == ["PACK-005"]


def test_a_folder_without_document() -> None:
    assert codes(try_files({"policy.yaml": POLICY}).findings) == ["PACK-006"]
    library = POLICY.replace("in-force", "library", 1)
    assert try_files({"policy.yaml": library}).findings == []


def test_a_file_that_is_not_utf8() -> None:
    loaded = try_files({"policy.yaml": POLICY, "1-test.md": HEAD.encode() + b"\xff"})
    assert codes(loaded.findings) == ["PACK-002", "PACK-006"]
    assert loaded.findings[0].facts == {"byte": len(HEAD.encode())}


def test_a_byte_order_mark_is_no_harm() -> None:
    assert try_files({"policy.yaml": b"\xef\xbb\xbf" + POLICY.encode(), "1-test.md": HEAD}).findings == []


def test_the_size_of_a_file_is_bounded() -> None:
    def document(size: int) -> bytes:
        return HEAD.encode() + b"x" * (size - len(HEAD.encode()))

    assert not try_files({"policy.yaml": POLICY, "1-test.md": document(MOST_FILE_BYTES)}).findings
    loaded = try_files({"policy.yaml": POLICY, "1-test.md": document(MOST_FILE_BYTES + 1)})
    assert seen([loaded.findings[0]]) == [("PACK-003", 0)]
    assert loaded.findings[0].facts == {"size": MOST_FILE_BYTES + 1, "most": MOST_FILE_BYTES}


def test_the_size_of_a_pack_is_bounded() -> None:
    part = MOST_PACK_BYTES // 4 + 1
    parts = {f"{number}-x.md": HEAD.replace("1", str(number)) + "x" * part for number in range(1, 5)}
    loaded = try_files({"policy.yaml": POLICY, **parts})
    assert [(item.code, item.where.file) for item in loaded.findings] == [("PACK-003", "4-x.md")]


def test_the_number_of_files_is_bounded() -> None:
    def pack(files: int) -> dict[str, str | bytes]:
        return {"policy.yaml": POLICY, **{f"{number}-x.md": HEAD for number in range(files - 1)}}

    assert not try_files(pack(MOST_FILES)).findings
    facts = {item.code: item.facts for item in try_files(pack(MOST_FILES + 1)).findings}
    assert facts["PACK-004"] == {"files": MOST_FILES + 1, "most": MOST_FILES}


def test_other_files_are_no_part_of_a_pack() -> None:
    extra = {"README.md": "# x\n\n## y\n", "notes.txt": "x", "1234-x.md": "## y\n"}
    assert not try_files({**with_document(HEAD), **extra}).findings


def test_documents_are_read_by_number() -> None:
    texts = {f"{number}-x.md": f"# 题 · {number}\n" for number in (10, 9, 2)}
    loaded = try_files({"policy.yaml": POLICY, **texts})
    assert loaded.pack is not None
    assert list(loaded.pack.clauses) == ["2", "9", "10"]


def test_the_hash_follows_names_and_texts(tmp_path: Path) -> None:
    def digest(name: str, text: str) -> str:
        folder = write_files(tmp_path / f"p{len(list(tmp_path.iterdir()))}", {"policy.yaml": POLICY, name: text})
        raw = read_pack(folder, Findings())
        assert raw is not None
        return raw.hash

    first = digest("1-a.md", HEAD)
    assert digest("1-a.md", HEAD) == first
    assert len({first, digest("2-a.md", HEAD), digest("1-b.md", HEAD), digest("1-a.md", HEAD + "x")}) == 4


def test_a_pack_without_its_folder_of_examples(tmp_path: Path) -> None:
    case = HEAD + "```yaml example\ne: {as_of: 2019-01-01, expect: {m: met}}\n```\n"
    folder = write_files(tmp_path / "p", with_document(HEAD + FUND))
    write_files(folder / "examples", {"1-test.md": case})
    whole, without = load_pack(folder), load_pack(folder, examples=False)
    assert [example.name for example in whole.examples] == ["e"]
    assert (without.examples, without.hash, set(without.funds)) == ((), whole.hash, {"m"})


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "```yaml mesure\nx: 1  # PACK-030\n```\n",
        "# 试 · Test\n\n```yaml fund\nm: 1  # PACK-034\n```\n",
        HEAD + "```yaml fund\n- m  # PACK-035\n```\n",
        HEAD + "```yaml fund\n# PACK-035\n```\n",
        HEAD + "```yaml fund\nMoney_: 1  # PACK-036\nother: 1  # PACK-033\n```\n",
        HEAD + "```yaml register\nmy-ledger: {}  # PACK-036\n```\n",
        HEAD + "```yaml norm\nabc: {}  # PACK-036\n```\n",
    ],
)
def test_what_is_no_block(text: str) -> None:
    assert seen(try_files(with_document(text)).findings) == expected(text)


def test_a_block_that_is_not_yaml_is_placed_in_its_document() -> None:
    findings = try_files(with_document(HEAD + "```yaml fund\nm: {title:\n```\n" + FUND)).findings
    assert [(item.code, item.where.clause) for item in findings] == [("PACK-010", CLAUSE)]


def test_the_known_blocks_are_named() -> None:
    findings = try_files(with_document(HEAD + "```yaml mesure\nx: 1\n```\n")).findings
    assert findings[0].facts["seen"] == "mesure"
    assert "measure" in findings[0].facts["known"]
    assert findings[0].where.clause == CLAUSE


def test_good_blocks_go_on_beside_bad_ones() -> None:
    loaded = try_files(with_document(HEAD + "```yaml mesure\nx: 1\n```\n" + FUND))
    assert loaded.pack is None
    assert loaded.partial is not None and list(loaded.partial.funds) == ["m"]
