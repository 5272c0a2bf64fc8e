"""What differs between two editions: every kind of change is named, and its words stand side by side."""

from pathlib import Path

import pytest

from luoshi.office.desk.library.describing import Described
from luoshi.office.desk.library.differing import BlockChange, difference
from luoshi.office.desk.library.worddiff import sides
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Norm, Pack
from tests.office.editions.packing import PACK, files_with

FILE = "1-opinions.md"


def _pack(folder: Path, *changes: tuple[str, str]) -> Pack:
    files = files_with()
    for old, new in changes:
        assert old.encode() in files[FILE], old
        files[FILE] = files[FILE].replace(old.encode(), new.encode())
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return load_pack(folder, examples=False)


def _changed(folder: Path, *changes: tuple[str, str]) -> list[BlockChange]:
    found = difference(load_pack(PACK, examples=False), _pack(folder, *changes), "zh")
    return [block for clause in found.clauses for block in clause.blocks]


def test_a_pack_differs_in_nothing_from_itself() -> None:
    pack = load_pack(PACK, examples=False)
    assert difference(pack, pack, "zh").clauses == ()


def test_a_parameter_shows_its_values(tmp_path: Path) -> None:
    old = "unit: person, 1900-01-01: 100}\nscale_fees"
    (block,) = _changed(tmp_path, (old, old.replace("100", "120")))
    assert (block.kind, block.id, block.how, block.words_only) == ("parameters", "scale_workers", "changed", False)
    (facet,) = block.facets
    assert (facet.facet.key, facet.facet.detail) == ("values", "1900-01-01")
    assert [span.text for span in (*facet.sides.before, *facet.sides.after)] == ["100", "120"]


def test_a_condition_and_an_amount_are_told_in_words(tmp_path: Path) -> None:
    (award,) = _changed(tmp_path, ("  amount: $new_worker_award_sum", "  amount: $new_worker_award_sum * 2"))
    assert [facet.facet.key for facet in award.facets] == ["amount"]
    assert "".join(span.text for span in award.facets[0].sides.after) == "全勤与用工奖励金额 × 2"
    (broker,) = _changed(tmp_path, ("fees_paid_year >= $leading_fees", "fees_paid_year > $leading_fees"))
    assert [(facet.facet.key, facet.facet.detail) for facet in broker.facets] == [
        ("conditions", "年发放加工费达到下限")
    ]


def test_what_only_words_change_is_said_to_be_so(tmp_path: Path) -> None:
    blocks = _changed(tmp_path, ("计入目标的服务中心最小面积", "计入目标的服务中心最低面积"))
    assert blocks
    assert all(block.words_only for block in blocks)


def test_a_code_is_told_by_its_word(tmp_path: Path) -> None:
    old = "  amount: $product_award_sum\n  frequency: silent"
    (block,) = _changed(tmp_path, (old, old.replace("silent", "yearly")))
    assert [
        "".join(span.text for span in part) for part in (block.facets[0].sides.before, block.facets[0].sides.after)
    ] == [
        "频次未规定",
        "每年",
    ]


def test_fields_of_registers_are_told_as_the_database_will_need_them(tmp_path: Path) -> None:
    field = "    local_worthy: {type: bool,"
    (block,) = _changed(tmp_path, (field, "    has_booth: {type: date, title: {zh: 有摊位, en: booth}}\n" + field))
    assert (block.kind, block.id) == ("registers", "broker")
    (facet,) = block.facets
    assert (facet.facet.key, facet.facet.detail, facet.sides.before) == ("fields", "有摊位", ())
    assert facet.sides.after[0].text == "日期"


def test_the_paraphrase_is_compared_sign_by_sign(tmp_path: Path) -> None:
    found = difference(load_pack(PACK, examples=False), _pack(tmp_path, ("手段有四", "手段有五")), "zh")
    (clause,) = found.clauses
    assert clause.text is not None
    assert [span.text for span in clause.text.after if span.differs] == ["五"]
    assert not clause.blocks


def test_added_and_removed_rules_are_told_whole(tmp_path: Path) -> None:
    other = load_pack("dingxi-2018", examples=False)
    found = difference(load_pack(PACK, examples=False), other, "en")
    assert found.counts["added"] > 1000
    assert found.counts["removed"] > 200
    blocks = [block for clause in found.clauses for block in clause.blocks]
    assert all(block.facets for block in blocks if block.how != "changed")


@pytest.mark.parametrize("name", [name for name in shipped_packs() if name != "common"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_block_of_every_pack_can_be_told(name: str, lang: str) -> None:
    pack = load_pack(name, examples=False)
    described = Described(pack, lang)
    blocks: list[Block | Norm] = [*pack.blocks(), *pack.norms]
    for block in blocks:
        facets = described.facets(block)
        assert facets
        assert not any("(" in words and "=" in words and "Node" in words for words in facets.values())


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("", "", [], []),
        ("same", "same", [], []),
        ("", "new", [], ["new"]),
        ("每人300元", "每人500元", ["300"], ["500"]),
        ("1,000 yuan a year", "1,200 yuan a year", ["1,000"], ["1,200"]),
        ("不得超过30%", "不得超过50%", ["30%"], ["50%"]),
    ],
)
def test_words_that_differ_are_marked(before: str, after: str, gone: list[str], come: list[str]) -> None:
    found = sides(before, after)
    assert [span.text for span in found.before if span.differs] == gone
    assert [span.text for span in found.after if span.differs] == come
    assert "".join(span.text for span in found.before) == before
    assert "".join(span.text for span in found.after) == after


def test_texts_too_long_to_compare_are_marked_whole() -> None:
    found = sides("甲" * 3000, "乙" * 3000)
    assert [span.differs for span in found.before] == [True]
