"""Tables as a workbook: read back with another library."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from luoshi.command.simulation.sheets import CHANGE, COUNT, MONEY, Column, Sheet
from luoshi.command.simulation.workbook import write_workbook

COLUMNS = [Column("措施"), Column("人次", COUNT), Column("成本（元）", MONEY), Column("差额", CHANGE)]
ROWS = [["贷款贴息", 3, Decimal("1234.50"), Decimal("-1.00")], ["运费", None, 2, 5]]


def test_cells_formats_and_widths(tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", [Sheet("按措施", COLUMNS, ROWS, ["说明"]), Sheet("空", COLUMNS[:1], [])])
    book = load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == ["按措施", "空"]
    page = book["按措施"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "说明"
    assert rows[1:] == [
        ("措施", "人次", "成本（元）", "差额"),
        ("贷款贴息", 3, 1234.5, -1),
        ("运费", None, 2, 5),
    ]
    assert [page.cell(3, place).number_format for place in (2, 3)] == ["#,##0", "#,##0.00"]
    assert [page.cell(4, place).number_format for place in (3, 4)] == ["#,##0", "+#,##0;[Red]-#,##0;0"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B3", "A2:D4")
    assert page.column_dimensions["A"].width > 9
    assert page.cell(2, 1).font.b


def test_long_texts_do_not_make_endless_columns(tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", [Sheet("长", [Column("题")], [["很长的话" * 50]])])
    assert load_workbook(tmp_path / "book.xlsx")["长"].column_dimensions["A"].width < 50


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tmp_path / name, [Sheet("按措施", COLUMNS, ROWS)])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", [Sheet("文", [Column("名")], [["=1+1"], ["http://example.org"]])])
    cells = [row[0] for row in load_workbook(tmp_path / "book.xlsx")["文"].iter_rows(values_only=True)]
    assert cells == ["名", "=1+1", "http://example.org"]
