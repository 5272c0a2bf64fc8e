"""Real files of every kind: read whole, or refused with the reason."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from luoshi.office.exchange.books import Limits, Refused, Sheet, read_book
from luoshi.office.exchange.books.xlsx import is_dayless
from tests.office.exchange.books.conftest import ID, OLD, Made

TITLES = ["姓名", "居民身份号码", "出生日期"]
DAY = date(1990, 3, 7)


def only(path: Path, **how: Any) -> Sheet:
    (sheet,) = read_book(path, path.name, **how).sheets
    return sheet


def texts(sheet: Sheet) -> list[list[str | None]]:
    return [column.cells.texts.to_pylist() for column in sheet.columns]


def refusal(path: Path, **how: Any) -> str:
    with pytest.raises(Refused) as refused:
        read_book(path, path.name, **how)
    return refused.value.problem.kind


def test_the_titles_are_found_below_a_merged_line_and_rows_keep_their_numbers(made: Made) -> None:
    rows = [[], ["名单"], ["填报单位：某村"], TITLES, ["张三", ID, DAY], [" ", "　"], ["李四", None, "2023.1.5"]]
    path = made({"名单": rows}, lambda _, sheet: sheet.merge_range("A2:C2", "名单"))
    sheet = only(path)
    assert (sheet.header, sheet.rows.to_pylist(), sheet.problems) == (4, [5, 7], ())
    assert [column.title for column in sheet.columns] == TITLES
    assert texts(sheet) == [["张三", "李四"], [ID, None], ["1990-03-07", "2023.1.5"]]


def test_letters_are_those_of_the_sheet_when_it_begins_further_right(made: Made) -> None:
    sheet = only(made({"a": [[None, None, *TITLES], [None, None, "张三", ID, DAY]]}))
    assert [column.letter for column in sheet.columns] == ["C", "D", "E"]


def test_known_titles_find_the_row_that_fullness_would_not(made: Made) -> None:
    rows = [["a", "b", "c", "d"], ["姓名", "居民身份号码"], ["张三", ID]]
    assert only(made({"a": rows})).header == 1
    assert only(made({"a": rows}), known={"姓名", "居民身份号码"}).header == 2


def test_blank_columns_are_dropped_and_columns_without_a_title_are_told(made: Made) -> None:
    sheet = only(made({"a": [[*TITLES, None, None], ["张三", ID, DAY, "", "?"]]}))
    assert len(sheet.columns) == 3
    assert [(note.kind, note.places) for note in sheet.notes] == [("untitled", ("E",))]


def test_titles_that_stand_twice_are_a_problem_of_both_columns(made: Made) -> None:
    sheet = only(made({"a": [["姓名", "姓 名", "x"], ["张", "李", 1]]}))
    assert [(problem.kind, problem.letter) for problem in sheet.problems] == [
        ("title_twice", "A"),
        ("title_twice", "B"),
    ]


def test_merged_cells_in_the_data_are_named(made: Made) -> None:
    def merge(_: Any, sheet: Any) -> None:
        sheet.merge_range("A2:A3", "一户")

    (problem,) = only(made({"a": [["户", "人"], ["一户", "张"], [None, "李"]]}, merge)).problems
    assert (problem.kind, problem.place, problem.title, problem.seen) == ("merged", "A2", "户", "A2:A3")


def test_two_rows_of_titles_are_refused_for_their_merged_cells(made: Made) -> None:
    def merge(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "姓名")
        sheet.merge_range("B1:C1", "证件")

    sheet = only(made({"a": [[], [None, "种类", "号码"], ["张", "身份证", ID]]}, merge))
    assert "merged" in {problem.kind for problem in sheet.problems}


def test_formulas_are_taken_with_their_stored_value_and_never_without(made: Made) -> None:
    def formulas(_: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1+1", None, 2)
        sheet.write_formula("B3", "=A1/0", None, "#DIV/0!")

    path = made({"a": [["姓名", "数"], ["张"], ["李"], ["王"]]}, formulas)
    assert texts(only(path))[1] == ["2", "#DIV/0!", None]
    assert [(note.kind, note.count) for note in only(path).notes] == [("formulas", 2)]
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>2</v>", b"<v></v>"))
    assert texts(only(path))[1][0] == "#GETTING_DATA"


def test_numbers_that_lost_digits_and_days_without_a_day_show_it(made: Made) -> None:
    def special(book: Any, sheet: Any) -> None:
        sheet.write_number("B2", float(ID))
        sheet.write_datetime("C2", DAY, book.add_format({"num_format": 'yyyy"年"m"月"'}))

    path = made({"a": [TITLES, ["张三"]]}, special)
    assert texts(only(path)) == [["张三"], ["9.90000199003070E+17"], ["1990-03"]]
    assert is_dayless("yyyy/m") and not is_dayless("m/d/yy") and not is_dayless('0.00"元"')


def test_hidden_rows_columns_and_sheets_are_told(made: Made) -> None:
    def hide(_: Any, sheet: Any) -> None:
        if sheet.name == "b":
            sheet.hide()
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})

    book = read_book(made({"a": [TITLES, ["张三", ID, DAY]], "b": [["x"], ["y"]]}, hide), "x")
    assert [sheet.name for sheet in book.sheets] == ["a"]
    assert [(note.kind, note.places) for note in book.notes] == [("hidden_sheets", ("b",))]
    assert [(note.kind, note.places) for note in book.sheets[0].notes] == [
        ("hidden_rows", ("2",)), ("hidden_columns", ("C",)),
    ]  # fmt: skip
    assert texts(book.sheets[0]) == [["张三"], [ID], ["1990-03-07"]]


def test_all_sheets_with_data_are_listed_and_empty_ones_are_not(made: Made) -> None:
    book = read_book(made({"一": [["a"], ["1"]], "空": [], "二": [["b"], ["2"]], "题": [["只有标题", "b"]]}), "x")
    assert [sheet.name for sheet in book.sheets] == ["一", "二"]


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    book = read_book(OLD, "old.xls")
    (sheet,) = book.sheets
    assert (book.kind, sheet.header, sheet.rows.to_pylist()) == ("xls", 3, [4, 6, 7, 8, 9, 10])
    assert texts(sheet)[1][:3] == [ID, "9.90000199003070E+17", ID]
    assert texts(sheet)[2][:2] == ["1990-03-07", "1990年3月8日"]
    assert texts(sheet)[2][5] == "#N/A"
    assert [(problem.kind, problem.seen) for problem in sheet.problems] == [("merged", "B8:B9")]
    assert {note.kind for note in sheet.notes} == {"formulas", "hidden_rows", "hidden_columns"}
    assert [note.places for note in book.notes] == [("隐藏",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separated_texts(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "表.txt"
    rows = [["名单"], TITLES, ["张三", f'="{ID}"', "2023/1/5"], ["", "", ""], ["李\n四", f"'{ID}", '"a"']]
    lines = [separator.join(f'"{text}"' if "\n" in text else text for text in row) for row in rows]
    lines[-1] = lines[-1].replace('"a"', '"a""b"')
    path.write_text("\r\n".join(lines), encoding=encoding, newline="")
    sheet = only(path)
    assert (sheet.header, sheet.rows.to_pylist()) == (2, [3, 5])
    assert texts(sheet) == [["张三", "李\n四"], [ID, ID], ["2023/1/5", 'a"b']]


def test_rows_of_a_text_may_be_of_any_length(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1\n1,2,3,4\n" + "5\n" * 60_000, encoding="utf-8")
    sheet = only(path)
    assert len(sheet.rows) == 60_002
    assert [column.cells.texts[1].as_py() for column in sheet.columns] == ["1", "2", "3"]
    assert [note.places for note in sheet.notes] == [("D",)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "no_data"),
        (b" \n ", "no_data"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.7\x00\x01", "no_spreadsheet"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "no_spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "damaged"),
        (b'a,b\n"x,1\n', "quotes"),
        ("姓名,号码\n".encode("gb18030"), "no_rows"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    assert refusal(path) == kind


def test_other_archives_are_refused(tmp_path: Path) -> None:
    for name, kind in (("word/document.xml", "no_spreadsheet"), ("xl/workbook.bin", "other_kind")):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(name, "x")
        assert refusal(path) == kind


def test_a_cut_off_or_changed_file_is_refused(made: Made) -> None:
    path = made({"a": [TITLES, ["张三", ID, DAY]]})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "damaged"
    path.write_bytes(whole)
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert refusal(path) == "damaged"


def test_an_old_workbook_that_asks_for_all_memory_takes_nothing_down(tmp_path: Path) -> None:
    data = bytearray(OLD.read_bytes())
    claim = data.index(b"\x00\x02\x0e\x00") + 4
    data[claim : claim + 12] = b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff"
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert refusal(path) == "damaged"


def test_a_password_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(renamed_stream(OLD.read_bytes(), "Workbook", "EncryptedPackage"))
    assert refusal(path) == "password"
    path.write_bytes(OLD.read_bytes().replace(b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04", 1))
    assert refusal(path) == "password"


def test_macros_are_told_and_not_run(made: Made) -> None:
    path = made({"a": [TITLES, ["张三", ID, DAY]]})
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")
    assert [note.kind for note in read_book(path, "a.xlsm").notes] == ["macros"]


def test_document_types_and_entities_are_refused(made: Made) -> None:
    path = made({"a": [TITLES, ["张三", ID, DAY]]})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<worksheet", bomb, 1))
    assert refusal(path) == "unsafe"


def test_giants_are_refused_before_they_are_unpacked(made: Made) -> None:
    path = made({"a": [[1, 2]] * 20})
    assert refusal(path, limits=Limits(rows=19)) == "long"
    assert refusal(path, limits=Limits(columns=1)) == "wide"
    assert refusal(path, limits=Limits(cells=39)) == "large"
    assert refusal(path, limits=Limits(unpacked=12_000)) == "large"
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'"B20"', b'"XFD1048576"'))
    assert refusal(path) == "wide"


def test_a_book_that_counts_days_from_1904_is_refused(made: Made) -> None:
    path = made({"a": [TITLES, ["张三", ID, DAY]]})
    rewritten(path, "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'))
    assert refusal(path) == "dates_1904"


def test_cells_without_places_and_with_prefixes_are_read(made: Made) -> None:
    path = made({"a": [["a", "b"], ["x", 12345678901234567890]]})
    assert texts(only(path))[1] == ["1.23456789012346E+19"]
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b' r="B2"', b""))
    assert texts(only(path))[1] == ["1.23456789012346E+19"]


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """The file has another content in one part."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, change(content) if name == part else content)


def renamed_stream(data: bytes, old: str, new: str) -> bytes:
    """The container with another name for a stream."""
    place = data.index(old.encode("utf-16-le"))
    name = new.encode("utf-16-le").ljust(64, b"\0")
    length = (2 * len(new) + 2).to_bytes(2, "little")
    return data[:place] + name + length + data[place + 66 :]
