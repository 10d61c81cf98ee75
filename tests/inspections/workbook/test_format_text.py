"""What is seen of a value in a number format: as LibreOffice shows it, and by what must hold."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from decimal import Decimal
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.records.shown_text import Agreement, agreement, figure_of, same_day
from inspections.workbook.reading.format_text import seen_text
from inspections.workbook.reading.number_formats import BUILT_IN, shows_all
from rubrics.rules import Slot
from tests.conftest import Convert

NUMBERS = (0, 1, 5, 12, 130.26, 95.5, 89.96, 0.4, 0.896, 5000, 1234567.891, -3, -0.5)
OF_NUMBERS = (
    "General", "0", "0.0", "0.00", "0.##", "#,##0", "#,##0.00", "#", "000", "0%", "0.0%", '0.0"%"',
    r"0.0\%", '"共"0"处"', '0"0"', '0"."0', "0,", "0.0,,", "0;-0;", ";;;", '"无";"无";"无"',
    "0.0;0.0", "0.0_);(0.0)", "[>100]0.0;0.00", "[<1]0%;0.0", "0.00E+00", "# ?/?", "# ??/??",
    '[Red]0.0;[Blue]-0.0;"零"', '"是";;"否"', "0-00", "#,##0.0;[Red]-#,##0.0", "0.0?", "??0",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
)  # fmt: skip
MOMENTS = (
    datetime(2026, 3, 5), datetime(2026, 3, 5, 8, 20), datetime(2025, 12, 31, 23, 59, 30),
    datetime(2026, 10, 14, 12, 0), datetime(2026, 1, 1, 0, 5),
)  # fmt: skip
OF_MOMENTS = (
    "yyyy-mm-dd", "yyyy/m/d", "yy-m-d", "dd/mm/yyyy", "mm/dd/yy",
    'yyyy"年"m"月"d"日"', 'm"月"d"日"',
    "h:mm", "hh:mm:ss", "h:mm AM/PM", "yyyy-mm-dd h:mm", "mm:ss", '"2025"-mm-dd', "d-mmm-yy",
    "mmm-yy", 'h"时"mm"分"', "[$-804]yyyy/m/d;@",
)  # fmt: skip
TEXTS = ("√", "已查", "5")
OF_TEXTS = ("General", "@", ";;;", ';;;"是"', ';;;"约"@', "0;-0;0;@", '"第"@"项"')


def test_it_is_what_libreoffice_shows(soffice: Convert, tmp_path: Path) -> None:
    cases = [
        *product(OF_NUMBERS, NUMBERS), ('"5"', 3),
        *product(OF_MOMENTS, MOMENTS), *product(OF_TEXTS, TEXTS)
    ]  # fmt: skip
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (code, value) in enumerate(cases, 1):
        sheet.cell(row, 1, "#")
        sheet.cell(row, 2, value).number_format = code
    book.save(tmp_path / "格式.xlsx")
    # Comma, quotes, UTF-8, from the first line, as it is shown.
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
    (made,) = soffice(tmp_path / "格式.xlsx", to=kind, into=tmp_path)
    with made.open(encoding="utf-8-sig", newline="") as file:
        rows = [row[1] for row in csv.reader(file)]
    assert len(rows) == len(cases) > 500
    wrong = [
        (code, value, ours, theirs)
        for (code, value), theirs in zip(cases, rows, strict=True)
        if _bare(ours := seen_text(code, value) or "") != _bare(theirs)
    ]
    assert not wrong, "\n".join(map(repr, wrong))


def _bare(text: str) -> str:
    """Without blanks, which only fill, and without a point that nothing follows, as Excel shows
    it; a zero below zero is one.
    """
    text = re.sub(r"\s|\.(?!\d)", "", text)
    return text[1:] if re.fullmatch(r"-0(\.0*)?", text) else text


SLOT = Slot("x", "数", "number")
DECIMALS = st.decimals(min_value=-99_999, max_value=99_999, places=3)
FORMATS = st.sampled_from(
    [
        "General",
        "0.000",
        "#,##0.000",
        "0.0###",
        '"共"0.000"克"',
        "0.000_);(0.000)",
    ]
)


@given(number=DECIMALS, code=FORMATS)
def test_a_format_with_places_enough_shows_the_number(number: Decimal, code: str) -> None:
    seen = seen_text(code, float(number))
    assert seen is not None
    assert agreement(SLOT, number, seen) is Agreement.SAME


@given(number=st.integers(0, 99_999), digit=st.integers(1, 9), before=st.booleans())
def test_a_digit_of_the_format_is_none_of_the_number(number: int, digit: int, before: bool) -> None:
    code = f'"{digit}"0' if before else f'0"{digit}"'
    seen = seen_text(code, float(number))
    assert seen is not None
    assert agreement(SLOT, Decimal(number), seen) is Agreement.OTHER


@given(number=DECIMALS, places=st.integers(0, 4))
def test_fewer_places_are_a_rounded_number(number: Decimal, places: int) -> None:
    seen = seen_text("0." + "0" * places if places else "0", float(number))
    assert seen is not None
    said = agreement(SLOT, number, seen)
    assert said is not Agreement.OTHER
    assert (said is Agreement.SAME) == (figure_of(seen.strip()) == number)


@given(
    day=st.dates(datetime(2000, 1, 1).date(), datetime(2099, 12, 31).date()),
    code=st.sampled_from(
        ["yyyy-mm-dd", "d/m/yy", "m/d/yyyy", 'm"月"d"日"', "d-mmm-yy", "[$-804]aaaa d/m"]
    ),
)
def test_a_day_is_known_in_whatever_order(day: datetime, code: str) -> None:
    seen = seen_text(code, day)
    assert seen is not None
    assert same_day(seen, day)


@given(st.text(alphabet='0#?.,%/;"\\[]$@*_ eEgGyYmMdDhHsSaApPbB:-+58年是', max_size=30), DECIMALS)
def test_any_format_is_shown_somehow_or_not_at_all(code: str, number: Decimal) -> None:
    for raw in (float(number), "词", datetime(2026, 3, 5, 8, 20)):
        seen_text(code, raw)
    shows_all(code)


@pytest.mark.parametrize("number", [14, 22, 31, 58, 51, 30, 16, 15])
def test_days_of_the_built_in_formats_are_seen(number: int) -> None:
    assert shows_all(BUILT_IN[number], day=True)


@pytest.mark.parametrize("number", [18, 19, 20, 21, 22, 32, 33, 34, 35, 55, 56])
def test_times_of_the_built_in_formats_are_seen(number: int) -> None:
    assert shows_all(BUILT_IN[number])
