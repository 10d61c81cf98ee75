"""Names on a sheet that are not those of what its seal says it is for.

What a sheet is for follows from its seal alone; who typed another name is told, and asked which
is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.entries import shown
from inspections.round.school import School
from inspections.round.table import blank
from inspections.workbook.form.expectations import Expectations, bare
from inspections.workbook.form.layout import HEAD, TITLE_ROW, Column, sheet_title
from inspections.workbook.reading.head import CELLS, Rows
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem

_SCHOOL = "学校"


def other_names(
    rows: Rows,
    file: str,
    sheet: str,
    school: School,
    rubric: Rubric | None,
    expected: Expectations,
) -> Iterator[Problem]:
    """Yields what is wrong with the school and the title as a sheet and its tab name them.

    ``rubric``: None where the sheet's own is another, and with it perhaps the title. Codes:
    school-other, school-renamed, title-other.
    """
    own = bare(school.name)
    row, column = CELLS[_SCHOOL]
    typed = rows[row][column]
    named = bare(str(typed))
    place = Place(file, sheet, HEAD[_SCHOOL].cell)
    if not blank(typed) and named != own:
        said = {"typed": shown(typed), "school": school.name}
        if named in expected.schools:
            yield problem("school-other", place, **said)
        else:
            yield problem("school-renamed", place, code=school.id, **said)
    elif school.id not in expected.schools.get(bare(sheet), (school.id,)):
        yield problem("school-other", Place(file, sheet), typed=sheet, school=school.name)
    title, written = sheet_title(rubric) if rubric else "", rows[TITLE_ROW - 1][0]
    if title and not blank(written) and bare(str(written)) != bare(title):
        at = Place(file, sheet, Column.ADDRESS.at(TITLE_ROW))
        yield problem("title-other", at, typed=shown(written), title=title)
