"""Writing blank workbooks, beside openpyxl writing the same ones.

Our own workbooks are the recipe for openpyxl: the same cells, formulas, formats, merged cells,
lists and checks, conditional formats, heights, widths and print set-up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import NamedStyle
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import SheetSpec
from tests.benchmarks.county import county, largest
from tests.benchmarks.timing import Contender, Subject

COUNT = 30
_SET_UP = (
    "sheet_state", "sheet_properties", "page_setup", "print_options", "page_margins",
    "oddFooter", "protection", "freeze_panes", "print_title_rows", "print_area", "views",
    "row_breaks",
)  # fmt: skip


@dataclass(frozen=True)
class SheetRecipe:
    """One sheet as openpyxl has read it. Cells are (row, column, value, style)."""

    title: str
    cells: list[tuple[int, int, Any, str]]
    merged: str
    widths: dict[str, tuple[float, bool]]
    heights: dict[int, float]
    lists: list[Any]
    colours: list[tuple[str, Any]]
    set_up: dict[str, Any]


@dataclass
class Recipe:
    """A workbook's sheets, and the looks of their cells."""

    styles: dict[str, NamedStyle] = field(default_factory=dict)
    sheets: list[SheetRecipe] = field(default_factory=list)


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields the writing of 30 blank workbooks of the largest rubric into ``folder``."""
    opened = county(folder / "county")
    specs = _specs(opened)
    ours, built, filled = (folder / name for name in ("ours", "built", "filled"))
    for place in (ours, built, filled):
        place.mkdir()
    by_us(opened, specs, ours)
    recipes = [_recipe(path) for path in sorted(ours.iterdir())]
    template = ours / "000.xlsx"
    build_all(recipes, built)
    fill_all(template, recipes, filled)
    for path in (template, ours / f"{len(specs) - 1:03}.xlsx"):
        _agree(path, built / path.name)
        _agree(path, filled / path.name)
    yield Subject(
        f"写出：{len(specs)} 个空白工作簿",
        "份",
        len(specs),
        (
            Contender("本工具", partial(by_us, opened, specs, ours)),
            Contender("openpyxl（逐份新建）", partial(build_all, recipes, built)),
            Contender("openpyxl（模板改写）", partial(fill_all, template, recipes, filled)),
        ),
        rounds=3,
    )


def by_us(opened: OpenRound, specs: list[SheetSpec], folder: Path) -> None:
    """Writes a round's workbooks from scratch: nothing is drawn beforehand."""
    elapsed = elapsed_periods(opened.round)
    books = Workbooks(opened.round, opened.rubrics, opened.roster, elapsed)
    for number, spec in enumerate(specs):
        books.write(folder / f"{number:03}.xlsx", [spec])


def build_all(recipes: list[Recipe], folder: Path) -> None:
    """Builds every workbook cell by cell, in the fastest way that openpyxl has.

    Looks are named styles, each looked up once a sheet; merged ranges are set without
    `merge_cells`, which would spend three quarters of the time on borders that are there.
    """
    for number, recipe in enumerate(recipes):
        book = Workbook()
        book.remove(book.worksheets[0])
        for style in recipe.styles.values():
            book.add_named_style(style)
        for sheet in recipe.sheets:
            _build(book.create_sheet(sheet.title), sheet)
        book.save(folder / f"{number:03}.xlsx")


def _build(sheet: Worksheet, recipe: SheetRecipe) -> None:
    looks: dict[str, Any] = {}
    for row, column, value, style in recipe.cells:
        cell = sheet.cell(row, column, value)
        if style in looks:
            cell._style = looks[style]
        else:
            cell.style = style
            looks[style] = cell._style
    sheet.merged_cells = MultiCellRange(recipe.merged)
    for name, width in recipe.widths.items():
        sheet.column_dimensions[name].width, sheet.column_dimensions[name].hidden = width
    for row, height in recipe.heights.items():
        sheet.row_dimensions[row].height = height
    for rule in recipe.lists:
        sheet.add_data_validation(rule)
    for area, rule in recipe.colours:
        sheet.conditional_formatting.add(area, rule)
    for name, value in recipe.set_up.items():
        setattr(sheet, name, value)


def fill_all(template: Path, recipes: list[Recipe], folder: Path) -> None:
    """Loads one workbook, and saves it again and again with the cells of the next school."""
    book = load_workbook(template)
    before = recipes[0]
    for number, recipe in enumerate(recipes):
        for place, (old, new) in enumerate(zip(before.sheets, recipe.sheets, strict=True)):
            sheet = book.worksheets[place]
            sheet.title = new.title
            for known, wanted in zip(old.cells, new.cells, strict=True):
                if known[2] != wanted[2]:
                    sheet.cell(wanted[0], wanted[1]).value = wanted[2]
        book.save(folder / f"{number:03}.xlsx")
        before = recipe


def _specs(opened: OpenRound) -> list[SheetSpec]:
    """Sheets of schools of the commonest kind, so that one template serves them all."""
    rubric = largest(opened)
    elapsed = elapsed_periods(opened.round)
    books = Workbooks(opened.round, opened.rubrics, opened.roster, elapsed)
    specs = [
        SheetSpec(opened.roster.schools[item.school], item.rubric, item.occasion, item.team, person)
        for item in opened.plan
        if item.rubric == rubric.id
        for person in opened.roster.inspectors.values()
        if person.team == item.team
    ]
    forms = [id(books.form(spec)) for spec in specs]
    (commonest, _), *_ = Counter(forms).most_common(1)
    return [spec for spec, form in zip(specs, forms, strict=True) if form == commonest][:COUNT]


def _recipe(path: Path) -> Recipe:
    recipe = Recipe()
    names: dict[object, str] = {}
    for sheet in load_workbook(path).worksheets:
        cells: list[tuple[int, int, Any, str]] = []
        corners: dict[tuple[int, int], Any] = {
            place: sheet.cell(area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for place in area.cells
        }
        place: Any
        for place in (cell for row in sheet.iter_rows() for cell in row):
            cell = corners.get((place.row, place.column), place)
            if cell.value is None and not cell.has_style:
                continue
            key = tuple(cell._style)
            if key not in names:
                names[key] = f"look {len(names)}"
                recipe.styles[names[key]] = NamedStyle(
                    names[key],
                    copy(cell.font),
                    copy(cell.fill),
                    copy(cell.border),
                    copy(cell.alignment),
                    cell.number_format,
                    copy(cell.protection),
                )
            cells.append((place.row, place.column, place.value, names[key]))
        recipe.sheets.append(
            SheetRecipe(
                sheet.title,
                cells,
                " ".join(str(area) for area in sheet.merged_cells.ranges),
                {name: (it.width, it.hidden) for name, it in sheet.column_dimensions.items()},
                {row: it.height for row, it in sheet.row_dimensions.items() if it.height},
                list(sheet.data_validations.dataValidation),
                [
                    (str(area.sqref), rule)
                    for area in sheet.conditional_formatting
                    for rule in area.rules
                ],
                {name: getattr(sheet, name) for name in _SET_UP},
            )
        )
    return recipe


def _agree(path: Path, other: Path) -> None:
    """Nothing is timed before both say and check the same."""
    for ours, theirs in zip(load_workbook(path), load_workbook(other), strict=True):
        assert ours.title == theirs.title
        assert _seen(ours) == _seen(theirs)


def _seen(sheet: Worksheet) -> object:
    looks = {
        cell.coordinate: (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.font.sz)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }
    merged = {str(area) for area in sheet.merged_cells.ranges}
    colours = sum(len(area.rules) for area in sheet.conditional_formatting)
    return looks, merged, colours, len(sheet.data_validations.dataValidation)
