"""Writes inspection workbooks: a guide, one sheet a visit, and the hidden identity sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from inspections.round.round import Round
from inspections.round.school import Roster
from inspections.workbook.drawing.feedback_sheet import (
    FIRST_AREA,
    FURTHER_AREA,
    feedback_pages,
    filled_page,
    marks,
)
from inspections.workbook.drawing.filling import cell_values, words
from inspections.workbook.drawing.guide_sheet import (
    draw_guide,
    guide_values,
    guide_words,
    least_text,
)
from inspections.workbook.drawing.own_scores_sheet import own_scores_sheet
from inspections.workbook.drawing.package import SheetPart, package
from inspections.workbook.drawing.template import Style, Template, drawn, shared_parts
from inspections.workbook.drawing.visit_sheet import SIGNATURE_HEIGHTS, draw_visit_sheet
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.feedback import FEEDBACK, FURTHER
from inspections.workbook.form.identity import DIGEST_LENGTH, FORMAT, Identity, encode, with_seal
from inspections.workbook.form.layout import GUIDE_SHEET, HEADER_ROW, IDENTITY_SHEET, Column
from inspections.workbook.form.naming import sheet_name
from inspections.workbook.form.own_scores import (
    FIRST_ROW,
    HEADINGS,
    OWN_SHEET,
    own_score_rows,
    own_sheet_names,
)
from inspections.workbook.form.sheet_form import SheetForm, form_key, sheet_form
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import spoken_of
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from rubrics.rules import PeriodLength
from rubrics.rules.formulas import Setting


class Workbooks:
    """Writes the workbooks of one round. What schools of one kind share is drawn once."""

    def __init__(
        self,
        settings: Round,
        rubrics: Mapping[str, Rubric],
        roster: Roster,
        elapsed: Mapping[PeriodLength, int],
    ) -> None:
        self._of = settings
        self._rubrics = rubrics
        self._words = spoken_of(rubrics.values())
        self._roster = roster
        self._elapsed = elapsed
        self._digests = {name: digest(rubric) for name, rubric in rubrics.items()}
        self._shared = shared_parts()
        self._keys: dict[tuple[str, str], object] = {}
        self._forms: dict[object, tuple[SheetForm, Template]] = {}
        self._guides: dict[tuple[int, str], Template] = {}
        self._identities: dict[int, Template] = {}
        self._own: tuple[tuple[tuple[str, ...], ...], bytes] = (), b""
        self._pages: dict[object, tuple[Template, Template]] = {}

    def form(self, spec: SheetSpec) -> SheetForm:
        """Returns the form of a sheet: its rows and their addresses."""
        return self._drawn(spec)[0]

    def write(self, path: Path, sheets: Sequence[SheetSpec], name: str = "") -> tuple[Problem, ...]:
        """Writes the workbook of ``sheets``; returns what went wrong, as ``write_whole`` does."""
        return write_whole(path, self.data(sheets), name)

    def data(self, sheets: Sequence[SheetSpec]) -> bytes:
        """Returns a workbook with a visit sheet for every one of ``sheets``, in their order.

        The same round, rosters, rubrics and sheets give the same bytes.
        """
        names = sheet_names(sheets, self._rubrics)
        identities = [self.identity(spec) for spec in sheets]
        visits = [
            self._visit(name, spec, identity)
            for name, spec, identity in zip(names, sheets, identities, strict=True)
        ]
        papers = [
            page
            for spec, identity, visit, own in zip(
                sheets, identities, names, paper_names(sheets, names), strict=True
            )
            for page in self._papers(spec, identity, visit, own)
        ]
        guide = self._guide(sheets).filled(guide_values(sheets, self._rubrics), guide_words(names))
        own = self._own_scores(sheets)
        last = SheetPart(IDENTITY_SHEET, self._identity_sheet(names, identities), hidden=True)
        parts = [SheetPart(GUIDE_SHEET, guide), *visits, *papers, *own, last]
        return package(parts, self._shared, self._of.title, active=1)

    def identity(self, spec: SheetSpec) -> Identity:
        """Returns what a sheet says that it is."""
        made = Identity(
            round=self._of.id,
            school=spec.school.id,
            rubric=spec.rubric,
            version=self._rubrics[spec.rubric].version,
            digest=self._digests[spec.rubric][:DIGEST_LENGTH],
            occasion=spec.occasion,
            team=spec.team,
            inspector=spec.inspector.id if spec.inspector else "",
        )
        return with_seal(made, self._of.key)

    def _drawn(self, spec: SheetSpec) -> tuple[SheetForm, Template]:
        key = self._key(spec)
        if key not in self._forms:
            rubric, traits = self._rubrics[spec.rubric], spec.school.traits
            form = sheet_form(rubric, traits, self._elapsed, self._of.voices)

            def draw(sheet: Worksheet, style: Style) -> None:
                draw_visit_sheet(sheet, style, form, self._of)

            self._forms[key] = form, drawn(draw)
        return self._forms[key]

    def _key(self, spec: SheetSpec) -> object:
        asked = spec.rubric, spec.school.id
        if asked not in self._keys:
            self._keys[asked] = form_key(self._rubrics[spec.rubric], spec.school.traits)
        return self._keys[asked]

    def _visit(self, name: str, spec: SheetSpec, identity: Identity) -> SheetPart:
        form, template = self._drawn(spec)
        inspectors = self._roster.inspectors
        values = cell_values(form, spec, self._of, identity, inspectors)
        last = form.layout.last_row + len(SIGNATURE_HEIGHTS)
        return SheetPart(
            name,
            template.filled(values, words(spec, self._roster)),
            print_area=f"$A$1:${Column.AT_ONCE.letter}${last}",
            title_rows=f"${HEADER_ROW}:${HEADER_ROW}",
        )

    def _papers(
        self, spec: SheetSpec, identity: Identity, visit: str, names: tuple[str, str]
    ) -> Iterator[SheetPart]:
        form, _ = self._drawn(spec)
        key = self._key(spec)
        if key not in self._pages:
            setting = Setting(spec.school.traits, self._elapsed, form.rubric.scale == "demerits")
            self._pages[key] = feedback_pages(form, self._of, setting)
        named = marks(visit, names[0])
        areas = (FIRST_AREA, FURTHER_AREA)
        for page, template in enumerate(self._pages[key], 1):
            made = filled_page(template, page, identity, spec.entries, named)
            yield SheetPart(names[page - 1], made, print_area=areas[page - 1])

    def _own_scores(self, sheets: Sequence[SheetSpec]) -> list[SheetPart]:
        """The sheet with what schools gave themselves; none where no rubric asks them."""
        rows = tuple(own_score_rows(sheets, self._rubrics))
        if not rows:
            return []
        # Inspectors of one visit, whose workbooks are written one after another, have the same.
        if self._own[0] != rows:
            self._own = rows, own_scores_sheet(rows, self._words)
        wide = chr(ord("A") + len(HEADINGS) - 1)
        area = f"$A$1:${wide}${FIRST_ROW + len(rows)}"
        titles = f"${FIRST_ROW}:${FIRST_ROW}"
        name = self._words.said(OWN_SHEET)
        return [SheetPart(name, self._own[1], print_area=area, title_rows=titles)]

    def _guide(self, sheets: Sequence[SheetSpec]) -> Template:
        count = len(sheets)
        used = dict.fromkeys(spec.rubric for spec in sheets)
        least = least_text([self._rubrics[name] for name in used])
        if (count, least) not in self._guides:

            def draw(sheet: Worksheet, style: Style) -> None:
                draw_guide(sheet, style, self._of, least, count, self._words)

            self._guides[count, least] = drawn(draw)
        return self._guides[count, least]

    def _identity_sheet(self, names: Sequence[str], identities: Sequence[Identity]) -> bytes:
        count = len(names)
        if count not in self._identities:

            def draw(sheet: Worksheet, style: Style) -> None:
                sheet.write_row(0, 0, ("格式", FORMAT))
                for row in range(1, count + 1):
                    sheet.write_row(row, 0, ("?", "?"))
                sheet.protect()

            self._identities[count] = drawn(draw)
        values: dict[str, str] = {}
        for row, (name, identity) in enumerate(zip(names, identities, strict=True), 2):
            values |= {f"A{row}": name, f"B{row}": encode(identity)}
        return self._identities[count].filled(values, {})


def sheet_names(sheets: Sequence[SheetSpec], rubrics: Mapping[str, Rubric]) -> list[str]:
    """Returns a name for every visit sheet: the school's, numbered where there are several."""
    own = own_sheet_names(spoken_of(rubrics.values()))
    taken = {name.casefold() for name in (GUIDE_SHEET, IDENTITY_SHEET, *own)}
    several = len({spec.rubric for spec in sheets}) > 1
    names = []
    for number, spec in enumerate(sheets, 1):
        name = spec.school.name
        if several:
            name = f"{name[:16]} {rubrics[spec.rubric].title[:10]}"
        names.append(sheet_name(f"{number} {name}" if len(sheets) > 1 else name, taken))
    return names


def paper_names(sheets: Sequence[SheetSpec], names: Sequence[str]) -> list[tuple[str, str]]:
    """Returns the names of the two pages of every visit's 现场反馈单; ``names``: of the visits."""
    taken = {GUIDE_SHEET.casefold(), IDENTITY_SHEET.casefold(), *(it.casefold() for it in names)}
    if len(sheets) == 1:
        return [(sheet_name(FEEDBACK, taken), sheet_name(FURTHER, taken))]
    return [
        (
            sheet_name(f"{number} 反馈单 {spec.school.name}", taken),
            sheet_name(f"{number} 续页 {spec.school.name}", taken),
        )
        for number, spec in enumerate(sheets, 1)
    ]
