"""`luoshi simulate`: tables, workbook and charts of a change; one case through both; refusals that help."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from PIL import Image

from tests.unit.command.conftest import BLOCKS
from tests.unit.command.test_run import INTERRUPTED
from tests.unit.rulebook.packs import POLICY, write_pack

Call = Callable[..., Any]
ON = "2019-07-14"
WRITTEN = {
    "changes",
    "summary.parquet",
    "simulation.xlsx",
    *(f"{name}.{kind}" for name in ("cost-by-measure", "cost-by-area") for kind in ("svg", "png")),
}


@pytest.fixture
def simulate(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> Call:
    """A simulation of the small pack into `out`."""

    def call(*arguments: object) -> Any:
        return luoshi("simulate", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", *arguments)

    return call


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_change_costs(simulate: Call, tmp_path: Path) -> None:
    result = simulate("--set", "share=0.80", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert told["changes"] == [
        {
            "kind": "parameters",
            "id": "share",
            "clause": "0/1",
            "how": "changed",
            "parts": [{"name": "", "before": None, "after": "0.80"}],
        }
    ]
    measures = {line["measure"]: line for line in told["measures"]}
    share = measures["local-share"]
    assert (share["newly_eligible"], share["cost_before"], share["cost_after"]) == (2, "0.00", "2.80")
    assert told["total"]["difference"] == "2.80"
    assert [(line["causes"], line["clauses"], line["conditions"]) for line in told["causes"]] == [
        (["share"], ["0/1"], ["amount"])
    ]
    lacking = [line for line in told["undetermined"] if line["measure"] == "local-share"]
    assert {"kind": "parameter", "name": "share"} in lacking[0]["may_be_missing"]
    assert told["rows_changed"] == {"thing": 2}
    assert {path.name for path in (tmp_path / "out").iterdir()} == WRITTEN


def test_the_changes_and_the_summary_as_parquet(simulate: Call, tmp_path: Path) -> None:
    assert simulate("--set", "share=0.80").exit_code == 0
    rows = pq.read_table(tmp_path / "out" / "changes" / "thing.parquet").to_pylist()
    assert [(row["id"], row["before"], row["after"], str(row["amount_after"])) for row in rows] == [
        ("a", "undetermined", "eligible", "1.20"),
        ("c", "undetermined", "eligible", "1.60"),
    ]
    summary = pq.read_table(tmp_path / "out" / "summary.parquet").to_pylist()
    assert {row["grouping"] for row in summary} >= {"total", "measure", "county", "village", "fund", "payer"}


def test_the_workbook_can_be_read(simulate: Call, tmp_path: Path) -> None:
    assert simulate("--set", "share=0.80").exit_code == 0
    book = load_workbook(tmp_path / "out" / "simulation.xlsx")
    assert book.sheetnames == [
        "改了什么",
        "合计",
        "按措施",
        "按县",
        "按乡镇",
        "按资金和负担方",
        "按起因",
        "无法判定的原因",
    ]
    page = book["按措施"]
    head = [cell.value for cell in page[1]]
    assert head[:4] == ["措施", "标识符", "条款", "改变前符合"]
    line = next(row for row in page.iter_rows(min_row=2, values_only=True) if row[1] == "local-share")
    assert line[head.index("改变后成本（元）")] == 2.8
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref is not None
    assert page.cell(2, head.index("差额（元）") + 1).number_format.startswith("+#,##0.00")
    assert page.column_dimensions["A"].width >= 9
    english = simulate("--set", "share=0.80", "--lang", "en")
    assert english.exit_code == 0
    assert load_workbook(tmp_path / "out" / "simulation.xlsx").sheetnames[2] == "By measure"


def test_the_charts_are_pictures(simulate: Call, tmp_path: Path) -> None:
    assert simulate("--set", "share=0.80").exit_code == 0
    with Image.open(tmp_path / "out" / "cost-by-measure.png") as picture:
        assert picture.width == 1440 and picture.height > 200
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 20
    assert b"<svg" in (tmp_path / "out" / "cost-by-area.svg").read_bytes()


def test_a_second_simulation_gives_the_same_bytes(simulate: Call, tmp_path: Path) -> None:
    arguments = ("--set", "share=0.80", "--without", "best", "--vary", "least=4:6:1")
    assert simulate(*arguments).exit_code == 0
    first = files(tmp_path / "out")
    assert simulate(*arguments, "--threads", 1, "--memory-limit", "500MB").exit_code == 0
    assert files(tmp_path / "out") == first
    assert {path.name for path in tmp_path.iterdir()} == {"data", "out"}


def test_tables_are_told_in_both_languages(simulate: Call) -> None:
    told = simulate("--set", "share=0.80", "--lang", "en").stdout
    for words in ("What was changed", "By cause", "interest share", "not known", "Simulation: it decides nothing."):
        assert words in told
    assert "试算，不作为判定依据。" in simulate("--set", "share=0.80").stdout


def test_local_values_beside_the_registers_hold_before(simulate: Call, data: Path) -> None:
    (data / "local.yaml").write_text('- {parameter: share, value: 0.60, area: "331124", document: 文}\n', "utf-8")
    share = json.loads(simulate("--set", "share@331124=0.80", "--json").stdout)["measures"][1]
    assert (share["cost_before"], share["cost_after"], share["amount_changed"]) == ("2.10", "2.80", 2)


def test_conditions_and_measures_are_switched(simulate: Call) -> None:
    told = json.loads(simulate("--without", "best.big", "--json").stdout)
    best = next(line for line in told["measures"] if line["measure"] == "best")
    assert (best["newly_eligible"], best["cost_before"], best["cost_after"]) == (1, "400.00", "400.00")
    off = json.loads(simulate("--without", "stable-grant", "--json").stdout)["measures"]
    assert next(line for line in off if line["measure"] == "stable-grant")["no_longer_eligible"] == 1
    assert "恒不满足" in simulate("--without", "stable-grant").stdout


def test_another_day(simulate: Call) -> None:
    told = json.loads(simulate("--after-on", "1999-12-31", "--json").stdout)
    assert told["on"] == [ON, "1999-12-31"]
    assert {cause for line in told["causes"] for cause in line["causes"]} == {"day"}
    assert "2019-07-14 → 1999-12-31" in simulate("--after-on", "1999-12-31").stdout


def test_an_edited_pack(simulate: Call, tmp_path: Path) -> None:
    edited = write_pack(tmp_path / "edited" / "tiny", BLOCKS.replace("size >= $least, title", "size >= 2, title"))
    told = json.loads(simulate("--with", edited, "--json").stdout)
    assert [(change["id"], [part["name"] for part in change["parts"]]) for change in told["changes"]] == [
        ("stable-grant", ["big"])
    ]
    assert told["pack_hash"][0] != told["pack_hash"][1]
    assert "够大" in simulate("--with", edited).stdout


def test_a_draft_is_decided_as_if_in_force_and_marked(luoshi: Call, data: Path, tmp_path: Path) -> None:
    policy = POLICY.replace("status: in-force", "status: draft").replace("from: 2000-01-01", "from: null")
    draft = write_pack(tmp_path / "draft" / "tiny", BLOCKS, policy=policy)
    arguments = ("simulate", draft, "--data", data, "--on", ON, "--out", tmp_path / "out", "--set", "share=0.80")
    assert json.loads(luoshi(*arguments, "--json").stdout)["total"]["difference"] == "2.80"
    assert "按已生效模拟。" in luoshi(*arguments).stdout
    page = load_workbook(tmp_path / "out" / "simulation.xlsx")["改了什么"]
    assert "按已生效模拟。" in [page.cell(row, 1).value for row in (1, 2, 3)]


def test_a_cost_curve(simulate: Call, tmp_path: Path) -> None:
    result = simulate("--vary", "least=2:7:1", "--json")
    curve = json.loads(result.stdout)["curve"]
    assert [(point["value"], point["cost"], point["eligible"]) for point in curve["points"]][:2] == [
        ("2", "3.00", 1),
        ("3", "3.00", 1),
    ]
    assert (curve["now"], curve["measures"]) == ("5", ["stable-grant"])
    assert (curve["cost_cliff"]["from"], curve["cost_cliff"]["to"], curve["cost_cliff"]["jump"]) == ("6", "7", "-3.00")
    assert curve["cost_cliff"]["is_cliff"] is True
    assert curve["words"][0].startswith("Cliff: ") or curve["words"][0].startswith("断崖")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "cost-curve.parquet",
        "cost-curve.svg",
        "cost-curve.png",
        "simulation.xlsx",
    }
    assert pq.read_table(tmp_path / "out" / "cost-curve.parquet").num_rows == 6
    assert load_workbook(tmp_path / "out" / "simulation.xlsx").sheetnames == ["成本曲线"]
    assert "断崖：从 6 到 7" in simulate("--vary", "least=2:7:1").stdout


def test_a_curve_beside_a_change(simulate: Call, tmp_path: Path) -> None:
    assert simulate("--set", "share=0.80", "--vary", "share@331124=0.50:1.00:0.25", "--lang", "en").exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == WRITTEN | {"cost-curve.parquet", "cost-curve.svg", "cost-curve.png"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "SIM-001"),
        (("--set", "least=5"), "SIM-002"),
        (("--set", "share"), "SIM-003"),
        (("--set", "share=0.80", "--set", "share=0.90"), "SIM-005"),
        (("--set", "share=0.30"), "CASE-007"),
        (("--set", "shere=0.80"), "CASE-004"),
        (("--without", "stable-grand"), "CASE-020"),
        (("--again", "stable-grant"), "SIM-009"),
        (("--after-on", ON), "SIM-007"),
        (("--vary", "least=1:2"), "SIM-010"),
        (("--vary", "least=1:9999:1"), "SIM-012"),
    ],
)
def test_what_changes_nothing_or_cannot_be_is_refused(
    simulate: Call, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    result = simulate(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr
    as_json = simulate(*arguments, "--json")
    assert [item["code"] for item in json.loads(as_json.stdout)["findings"]] == [code]
    assert not (tmp_path / "out").exists()


def test_an_unknown_name_gets_the_nearest(simulate: Call) -> None:
    assert "Did you mean: share" in simulate("--set", "shere=0.80", "--lang", "en").stderr


def test_a_folder_with_other_files_is_not_written_over(simulate: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("keep me")
    result = simulate("--set", "share=0.80")
    assert result.exit_code == 2
    assert str(out) in result.stderr
    assert files(out) == {"letter.txt": b"keep me"}


def test_registers_and_case_exclude_each_other(luoshi: Call, pack: str, data: Path, case: Call, tmp_path: Path) -> None:
    base = ("simulate", pack, "--on", ON, "--set", "share=0.80")
    for arguments in (
        (),
        ("--data", data),
        ("--data", data, "--case", case()),
        ("--case", case(), "--vary", "a=1:2:1"),
    ):
        result = luoshi(*base, *arguments)
        assert result.exit_code == 2
        assert "--case" in result.stderr
    limited = luoshi(*base, "--data", data, "--out", tmp_path / "out", "--memory-limit", "lots")
    assert limited.exit_code == 2 and "--memory-limit" in limited.stderr


def test_too_little_memory_says_so(simulate: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.command import simulate as module

    def exhausted(*arguments: object, **options: object) -> None:
        raise MemoryError("2 MB")

    monkeypatch.setattr(module, "simulate", exhausted)
    result = simulate("--set", "share=0.80")
    assert result.exit_code == 2
    assert "2 MB" in result.stderr


def test_an_interruption_leaves_nothing_behind(pack: str, data: Path, tmp_path: Path) -> None:
    options = ["--data", str(data), "--on", ON, "--out", str(tmp_path / "out"), "--set", "share=0.80"]
    command = [sys.executable, "-c", INTERRUPTED, "simulate", pack, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Aborted!" in done.stderr and "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_in_a_process(process: Call, pack: str, data: Path, tmp_path: Path) -> None:
    result = process("simulate", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", "--set", "share=0.80")
    assert (result.returncode, result.stderr) == (0, "")
    assert "贴息" in result.stdout
