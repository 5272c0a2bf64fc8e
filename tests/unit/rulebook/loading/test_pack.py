"""Whole packs: shipped and beside, imported once each, with a hash of everything in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.loading import find_folder, load_pack, shipped_packs, try_load
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.packs import BASE, POLICY, codes, document, try_files, write_files, write_pack

FUND = "fund\nm: {title: BOTH, payer: county}\n"


def importing(*names: str, name: str = "tiny") -> str:
    return POLICY.replace("id: tiny", f"id: {name}") + f"imports: [{', '.join(names)}]\n"


def test_the_shipped_packs_load() -> None:
    assert {"common", "dingxi-2018", "lishui-draft"} <= set(shipped_packs())
    assert load_pack("common").policy.status == "library"


def test_a_name_is_a_shipped_pack_or_a_path() -> None:
    assert find_folder("common").name == "common" and find_folder("common").is_absolute()
    assert find_folder("some/where") == Path("some/where")
    assert find_folder("..") == Path("..")


def test_a_refused_pack_lists_every_finding(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "tiny", "fund\nm: {title: BOTH}\nn: {payer: city}\n")
    with pytest.raises(Refused) as refused:
        load_pack(folder)
    assert codes(refused.value.findings) == ["PACK-031", "PACK-031"]


def test_an_import_stands_beside_or_is_shipped(tmp_path: Path) -> None:
    write_files(tmp_path / "base", {"policy.yaml": importing(name="base"), "1-base.md": document(BASE)})
    folder = write_files(tmp_path / "tiny", {"policy.yaml": importing("base", "common"), "1-test.md": document(FUND)})
    findings = codes(try_load(folder).findings)
    assert findings == ["PACK-040"], "both lend a register called area"


def test_what_is_imported_is_named_after_its_pack(tmp_path: Path) -> None:
    base = document(
        BASE + "--- norm\na: {kind: scope, force: must, zh: x, en: x}\n--- example\nT1: {as_of: 2019-01-01}\n"
    )
    write_files(tmp_path / "base", {"policy.yaml": importing(name="base"), "1-base.md": base})
    folder = write_files(tmp_path / "tiny", {"policy.yaml": importing("base"), "1-test.md": document(FUND)})
    pack = load_pack(folder)
    assert pack.registers["thing"].place.file == "base/1-base.md"
    assert list(pack.clauses) == ["base:1", "base:1/1", "1", "1/1"]
    assert (pack.norms, pack.examples) == ((), ())


def test_imports_of_imports_come_once_and_first(tmp_path: Path) -> None:
    write_files(tmp_path / "base", {"policy.yaml": importing(name="base"), "1-base.md": document(BASE)})
    middle = document("fact\nf: {of: thing, value: size}\n")
    write_files(tmp_path / "middle", {"policy.yaml": importing("base", name="middle"), "1-middle.md": middle})
    folder = write_files(
        tmp_path / "tiny",
        {"policy.yaml": importing("middle", "base"), "1-test.md": document("fact\ng: {of: thing, value: f + 1}\n")},
    )
    assert set(load_pack(folder).facts) == {("thing", "f"), ("thing", "g")}


def test_packs_that_import_each_other_end(tmp_path: Path) -> None:
    for name, other in (("left", "right"), ("right", "left")):
        text = document(f"fund\n{name}-money: {{title: BOTH, payer: county}}\n")
        write_files(tmp_path / name, {"policy.yaml": importing(other, name=name), "1-x.md": text})
    assert set(codes(try_load(tmp_path / "left").findings)) <= {"PACK-040"}


def test_an_import_that_is_nowhere() -> None:
    findings = try_files({"policy.yaml": importing("comon"), "1-test.md": document(FUND)}).findings
    assert codes(findings) == ["PACK-008"]
    assert findings[0].facts == {"name": "comon", "near": "common"}


def test_an_import_cannot_leave_its_folder() -> None:
    assert codes(try_files({"policy.yaml": importing("../common")}).findings) == ["PACK-033"]


def test_the_hash_covers_everything_a_decision_rests_on(tmp_path: Path) -> None:
    def digest(fund: str, base: str) -> str:
        place = tmp_path / f"p{len(list(tmp_path.iterdir()))}"
        write_files(place / "base", {"policy.yaml": importing(name="base"), "1-base.md": document(base)})
        files = {"policy.yaml": importing("base"), "1-test.md": document(fund)}
        return load_pack(write_files(place / "tiny", files)).hash

    same, other_fund = digest(FUND, BASE), digest(FUND.replace("county", "city"), BASE)
    assert digest(FUND, BASE) == same
    assert len({same, other_fund, digest(FUND, BASE.replace("2000-01-01: 5", "2000-01-01: 6"))}) == 3
