"""Charts are drawn with Chinese text, the same every time, and nothing runs out of the picture."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from PIL import Image
from pylopdf_fonts_zh_cn import sans_path

from luoshi.command.simulation.charts import (
    Bar,
    CurveWords,
    Dot,
    Marks,
    Words,
    draw_bars,
    draw_curve,
    folded,
    font,
)

WORDS = Words("各项措施的成本", "合计：改变前 1，改变后 2", "改变前", "改变后", "试算，不作为判定依据。")
CURVE = CurveWords("成本曲线：门槛", "断崖：从 2 到 3", "门槛", "成本（元）", "符合", "现行", "试算")
BARS = [Bar("贷款贴息", Decimal("2879313.44"), Decimal("4381231.95")), Bar("运费补贴", Decimal(5), Decimal(5))]
DOTS = [Dot(1, 900.0, 9), Dot(2, 900.0, 9), Dot(3, 100.0, 1), Dot(4, 100.0, 1)]


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_the_font_is_there_and_has_chinese_signs() -> None:
    assert sans_path().is_file()
    signs = TTFont(sans_path()).getBestCmap()
    assert all(ord(sign) in signs for sign in "成本改变前后断崖元（）：，。■·…+-0123456789")
    assert font_manager.get_font(font(10).get_file()).family_name.startswith("Noto Sans")


def test_bars_are_drawn_in_both_forms_and_every_sign_is_found(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_bars(BARS, WORDS, tmp_path / "bars")
    assert size(tmp_path / "bars.png") == (1440, round((1.35 + 0.62 * 2) * 150))
    text = (tmp_path / "bars.svg").read_text("utf-8")
    assert text.count("<path") > 30 and "<text" not in text


@pytest.mark.parametrize("count", [0, 1, 14])
def test_the_picture_is_as_high_as_what_it_shows(count: int, tmp_path: Path) -> None:
    draw_bars([Bar(f"第{number}项", Decimal(number), Decimal(1)) for number in range(count)], WORDS, tmp_path / "bars")
    assert size(tmp_path / "bars.png")[1] == pytest.approx((1.35 + 0.62 * max(count, 1)) * 150, abs=1)


def test_pictures_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        draw_bars(BARS, WORDS, tmp_path / name)
    for kind in (".png", ".svg"):
        assert (tmp_path / "one").with_suffix(kind).read_bytes() == (tmp_path / "two").with_suffix(kind).read_bytes()


@pytest.mark.parametrize(
    ("dots", "marks"),
    [
        (DOTS, Marks(2.0, ((2, 900), (3, 100)), ((2, 9), (3, 1)))),
        ([Dot(dot.value, -dot.cost, -dot.eligible) for dot in DOTS], Marks(None, ((2, -900), (3, -100)), None)),
        (DOTS, Marks(1.0, ((3, 900), (4, 100)), None)),
        (DOTS, Marks(1.0, ((3, 100), (4, 900)), None)),
        ([Dot(1, 5.0, 0), Dot(2, 5.0, 0)], Marks(None, None, None)),
        ([Dot(number, number * number, number) for number in range(100)], Marks(50.0, None, None)),
    ],
)
def test_curves_are_drawn_with_their_marks(dots: list[Dot], marks: Marks, tmp_path: Path) -> None:
    draw_curve(dots, CURVE, marks, tmp_path / "curve")
    assert size(tmp_path / "curve.png") == (1440, 930)
    assert (tmp_path / "curve.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("短名", "短名"),
        ("一" * 19, "一" * 19),
        ("一" * 20, "一" * 19 + "\n一"),
        ("一" * 60, "一" * 19 + "\n" + "一" * 18 + "…"),
        ("support in site, land and electricity for all", "support in site, land and electricity\nfor all"),
    ],
)
def test_long_names_take_two_lines(name: str, lines: str) -> None:
    assert folded(name) == lines


def test_a_long_note_is_cut(tmp_path: Path) -> None:
    draw_bars(BARS, Words("题", "", "前", "后", "很长的说明" * 40), tmp_path / "bars")
    assert size(tmp_path / "bars.png")[0] == 1440
