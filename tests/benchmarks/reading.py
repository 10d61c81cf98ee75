"""Reading filled workbooks with all checks on, beside tools that only fetch the same cells.

The usual slips of the sample county are among them, and so may be an error value or a copied
sheet; a file that is damaged is left out, since the others stop there. Everyone opens the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import openpyxl
import pandas as pd

from inspections.workbook.form.expectations import Expectations, expectations
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.benchmarks.county import county, largest
from tests.benchmarks.timing import Contender, Subject

COUNT = 100


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields the reading of 100 workbooks of the largest rubric, made in ``folder``."""
    opened = county(folder / "county")
    rubric = largest(opened)
    found = sorted(opened.folder.returned.rglob(f"*_{rubric.title}.xlsx"))
    paths = [path for path in found if is_zipfile(path)][:COUNT]
    expected = expectations(opened)
    _agree(paths[0], expected)
    yield Subject(
        f"读取：{len(paths)} 个已填工作簿",
        "份",
        len(paths),
        (
            Contender("本工具（全部校验）", partial(by_us, paths, expected)),
            Contender("pandas + openpyxl", partial(by_pandas, paths, "openpyxl")),
            Contender("openpyxl（只读模式）", partial(by_openpyxl, paths)),
            Contender("pandas + calamine", partial(by_pandas, paths, "calamine")),
        ),
        rounds=4,
    )


def by_us(paths: list[Path], expected: Expectations) -> list[WorkbookRecord]:
    """Reads, understands and settles every entry."""
    return [read_workbook(path.read_bytes(), path.name, expected) for path in paths]


def by_pandas(paths: list[Path], engine: str) -> list[pd.DataFrame]:
    """Reads the visit sheets as they stand."""
    return [
        pd.read_excel(path, sheet_name=1, header=None, engine=engine)  # type: ignore[call-overload]
        for path in paths
    ]


def by_openpyxl(paths: list[Path]) -> list[list[Any]]:
    """The same without pandas."""
    found: list[list[Any]] = []
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        found.append(list(book.worksheets[1].iter_rows(values_only=True)))
        book.close()
    return found


def _agree(path: Path, expected: Expectations) -> None:
    """Nothing is timed before all see the same entries."""
    (record,) = by_us([path], expected)
    (sheet,) = record.sheets
    cells: Any
    (cells,) = by_pandas([path], "openpyxl")
    assert len(sheet.typed) > 20
    for typed in sheet.typed:
        row, column = openpyxl.utils.cell.coordinate_to_tuple(typed.cell)
        assert not pd.isna(cells.iat[row - 1, column - 1]), typed
