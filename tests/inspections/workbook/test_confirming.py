"""其余全部符合: one entry for all that is blank in a dimension; what it fills in, and what not."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inspections.collecting.blanks import at_every_item
from inspections.collecting.collecting import collect
from inspections.collecting.history import history
from inspections.records.record import Observation, Record, State
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry, SheetSpec, Typed
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import CONFIRM, Column, sheet_layout
from inspections.workbook.marking.copying import copied_out
from inspections.workbook.reading.confirming import CONFIRMED_BY
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import in_order, slots
from rubrics.language.subject import Subject
from rubrics.messages.problems import Problem
from rubrics.rules import Slot, joined
from scoring.explaining import explain, find_target, lines
from scoring.results.one_entry import exact_score, score_observation
from scoring.results.rounds import score_round
from scoring.results.scores import IndicatorScore
from scoring.steps.scoring import score_and_write
from tests.conftest import Convert
from tests.inspections import small_round as small
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import (
    KITCHEN,
    SCHOOLS,
    entry_cell,
    small_round,
    spec,
    write,
)
from tests.inspections.workbook.sheets import agrees, drawn, filled, open_round, school, workbooks
from tests.rubrics.strategies import KINDS, rubrics

NOTHING = RowEntry()
GONE = ("A1", "A1.x", "A1.y", "A2", "A5", "A5.none")
"""The rows of what can be confirmed: faults, a deduction, and a requirement with a red line."""


def cell(of: OpenRound) -> str:
    """Where the first school's kitchen confirms its only dimension."""
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    return Column.ENTRY.at(layout.sections["A"].number)


def confirmed(
    *blank: str, typed: Typed = "√", rows: Mapping[str, RowEntry] | None = None
) -> SheetSpec:
    made = spec(rows=dict.fromkeys((*GONE, *blank), NOTHING) | dict(rows or {}))
    return replace(made, entries=replace(made.entries, sections={"A": typed}))


def read(of: OpenRound, path: Path, sheet: SheetSpec) -> tuple[WorkbookRecord, Record]:
    return again(of, write(of, path / "表.xlsx", sheet))


def again(of: OpenRound, path: Path) -> tuple[WorkbookRecord, Record]:
    record = read_workbook(path.read_bytes(), path.name, expectations(of))
    (sheet,) = record.sheets
    assert sheet.visit is not None
    return record, sheet.visit


def changed(path: Path, edit: Any) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book.worksheets[1])
    book.save(path)
    return path


def entered(visit: Record, owner: str) -> Observation:
    found = visit.observation(owner)
    assert found is not None
    return found


def told(problems: Any) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def test_what_is_blank_was_seen_and_in_order(of: OpenRound, tmp_path: Path) -> None:
    record, visit = read(of, tmp_path, confirmed())
    assert told(record.problems) == []
    one, none = Decimal(1), Decimal(0)
    for owner, values in (
        ("A1", {"x": none, "y": none}),
        ("A2", {"": none}),
        ("A5", {"": one, "none": none}),
    ):
        seen = entered(visit, owner)
        assert (seen.state, dict(seen.values)) == (State.CHECKED, values)
        assert seen.reason == CONFIRMED_BY
    own = entered(visit, "A6")
    assert (own.state, own.reason) == (State.CHECKED, "")
    # What was typed is kept: the mark, and none of what it stands for.
    kept = record.sheets[0].typed
    assert ("", "其余全部符合 A", "√", cell(of)) in kept
    assert {one.owner for one in kept}.isdisjoint({"A1", "A2", "A5"})


def test_what_does_not_apply_is_left_alone(of: OpenRound, tmp_path: Path) -> None:
    _, visit = read(of, tmp_path, confirmed())
    assert entered(visit, "A8").state is State.EXCUSED
    assert entered(visit, "R1").reason == ""


OWN: list[tuple[dict[str, RowEntry], str, State]] = [
    ({"A1.x": RowEntry(2), "A1": RowEntry(fault="有油污", evidence="1号")}, "A1", State.CHECKED),
    ({"A2": RowEntry(state="未查")}, "A2", State.UNCHECKED),
    ({"A1": RowEntry(state="合理缺项", remark="在改建")}, "A1", State.EXCUSED),
    ({"A5.none": RowEntry("否")}, "A5", State.UNCHECKED),
    ({"A5": RowEntry("看不清")}, "A5", State.UNCHECKED),
    ({"A2": RowEntry(remark="下次再看")}, "A2", State.UNCHECKED),
]


@pytest.mark.parametrize(("rows", "owner", "state"), OWN, ids=str)
def test_an_item_with_any_entry_keeps_its_own(
    of: OpenRound, tmp_path: Path, rows: dict[str, RowEntry], owner: str, state: State
) -> None:
    _, visit = read(of, tmp_path, confirmed(rows=rows))
    seen = entered(visit, owner)
    assert seen.state is state
    assert seen.reason != CONFIRMED_BY


def test_an_item_that_was_filled_in_part_is_not_reached(of: OpenRound, tmp_path: Path) -> None:
    """Its blank half is not taken as in order; the message says so, and what is missing."""
    record, visit = read(of, tmp_path, confirmed(rows={"A5.none": RowEntry("否")}))
    (item,) = [one for one in record.problems if one.severity == "error"]
    assert item.code == "confirm-partly"
    assert "管不到" in item.message
    assert entered(visit, "A5").state is State.UNCHECKED


def test_what_asks_for_a_figure_is_named_and_not_filled(of: OpenRound, tmp_path: Path) -> None:
    record, visit = read(of, tmp_path, confirmed("A3.1", "A4.have", "A4.due", "A7"))
    (item,) = record.problems
    assert told([item]) == [("confirm-figures", cell(of))]
    assert dict(item.params)["items"] == "A3、A4、A7"
    assert dict(item.params)["section"] == "A 甲"
    assert {entered(visit, owner).state for owner in ("A3", "A4", "A7")} == {State.UNCHECKED}
    assert entered(visit, "A1").state is State.CHECKED
    marks = told(at_every_item([item]))
    at = [("item-unchecked", entry_cell(of, name)) for name in ("A3.1", "A4.have", "A7")]
    assert marks == [("confirm-figures", cell(of)), *at]


def test_a_confirmation_without_anything_blank_is_told(of: OpenRound, tmp_path: Path) -> None:
    made = spec()
    sheet = replace(made, entries=replace(made.entries, sections={"A": "√"}))
    record, visit = read(of, tmp_path, sheet)
    assert told(record.problems) == [("confirm-nothing", cell(of))]
    assert entered(visit, "A1").values["x"] == 2


@pytest.mark.parametrize(("typed", "codes"), [("", []), ("×", []), ("看过", ["not-understood"])])
def test_only_a_mark_confirms(of: OpenRound, tmp_path: Path, typed: str, codes: list[str]) -> None:
    record, visit = read(of, tmp_path, confirmed(typed=typed))
    assert told(record.problems) == [(f"entry-{code}", cell(of)) for code in codes]
    assert entered(visit, "A1").state is State.UNCHECKED


def test_a_sheet_of_nothing_but_a_confirmation_is_a_filled_one(
    of: OpenRound, tmp_path: Path
) -> None:
    blank = replace(spec().entries, head={}, rows={}, sections={"A": "√"})
    record = read_workbook(
        write(of, tmp_path / "表.xlsx", replace(spec(), entries=blank)).read_bytes(),
        "表.xlsx",
        expectations(of),
    )
    assert len(record.sheets) == 1


def test_a_sheet_that_was_printed_without_it_reads_as_before(of: OpenRound, tmp_path: Path) -> None:
    at = cell(of)

    def without(sheet: Worksheet) -> None:
        sheet[f"{Column.PROMPT.letter}{at[1:]}"] = None

    path = write(of, tmp_path / "旧.xlsx", spec())
    record, visit = again(of, changed(path, without))
    assert told(record.problems) == []
    assert entered(visit, "A1").values["x"] == 2
    # A mark beside a heading that asks for none is no entry, and is told.
    path = write(of, tmp_path / "旧.xlsx", confirmed())
    record, visit = again(of, changed(path, without))
    assert told(record.problems) == [("entry-misplaced", at)]
    assert entered(visit, "A1").state is State.UNCHECKED


def test_the_heading_is_found_where_rows_were_put_in(of: OpenRound, tmp_path: Path) -> None:
    def insert(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merged.coord)
        sheet.insert_rows(int(cell(of)[1:]))

    path = write(of, tmp_path / "表.xlsx", confirmed())
    record, visit = again(of, changed(path, insert))
    assert told(record.problems) == []
    assert entered(visit, "A1").reason == CONFIRMED_BY


def test_a_copy_that_is_drawn_anew_has_it_too(of: OpenRound, tmp_path: Path) -> None:
    path = write(of, tmp_path / "表.xlsx", confirmed("A7"))
    record, visit = again(of, path)
    opened = small_round(tmp_path)
    copy = copied_out(path.read_bytes(), opened, workbooks(opened), record.problems)
    assert copy is not None
    assert told(copy.problems) == told(record.problems) == [("confirm-figures", cell(of))]
    (tmp_path / "新.xlsx").write_bytes(copy.data)
    _, drawn_anew = again(of, tmp_path / "新.xlsx")
    seen = [(one.owner, one.state, one.values, one.reason) for one in visit.observations]
    assert seen == [
        (one.owner, one.state, one.values, one.reason) for one in drawn_anew.observations
    ]


def test_the_ledger_and_the_history_say_by_what_it_was_confirmed(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    path = of.folder.returned / "表.xlsx"
    write(of, path, spec(rows=dict.fromkeys((*GONE, "A7"), NOTHING)))
    collect(of, workers=0)
    write(of, path, confirmed("A7"))
    found = collect(of, workers=0)
    # What the confirmation names is not told once more as unchecked.
    assert told(found.problems) == [("confirm-figures", cell(of))]
    (visit,) = list(found.visits)
    assert entered(visit, "A5").reason == CONFIRMED_BY
    assert dict(entered(visit, "A5").values) == {"": 1, "none": 0}
    changes = {
        one.item: (one.before, one.after) for one in history(of, "21068101").steps[1].changed
    }
    assert changes["其余全部符合 A"] == ("", "√")
    assert changes["A5（判定）"] == ("未查", f"已查（{CONFIRMED_BY}）")
    scores, _ = score_round(of.round, of.rubrics, of.roster, of.plan, [visit], open_records=True)
    for owner, by_it in (("A5", True), ("A6", False)):
        target, _ = find_target(of.roster, of.rubrics, "21068101", "kitchen", owner)
        assert target is not None
        said = lines(explain(of.round, scores, of.roster.inspectors, target))
        assert (CONFIRMED_BY in "".join(line.plain for line in said)) == by_it


def owing(folder: Path) -> OpenRound:
    """The small round, in which the management and the licence are proved also when in order."""
    made = small_round(folder)
    text = KITCHEN
    for title in ("管理", "许可"):
        start = text.index(title)
        text = text[:start] + text[start:].replace("evidence: none", "evidence: required", 1)
    made.folder.returned.mkdir()
    return replace(made, rubrics={**made.rubrics, "kitchen": small.rubric(text)})


def test_evidence_that_is_owed_all_the_same_is_told_once(tmp_path: Path) -> None:
    of = owing(tmp_path)
    write(of, of.folder.returned / "表.xlsx", confirmed())
    found = collect(of, workers=0)
    (item,) = found.problems
    assert told([item]) == [("confirm-evidence", cell(of))]
    assert dict(item.params)["items"] == "A2、A5"
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    at = [
        ("item-unproven", Column.EVIDENCE.at(layout.by_address[owner].number))
        for owner in ("A2", "A5")
    ]
    assert told(at_every_item([item])) == [("confirm-evidence", cell(of)), *at]
    met = score_and_write(of, [], found).met
    assert told(one for one in met if "evidence" in one.code) == told([item])
    photograph(of.folder.evidence / SCHOOLS[0].id / "A2.jpg")
    (item,) = collect(of, workers=0).problems
    assert dict(item.params)["items"] == "A5"
    photograph(of.folder.evidence / SCHOOLS[0].id / "A5.jpg", colour=90)
    assert collect(of, workers=0).problems == ()


# --- as by hand, and as the sheet reckons ---------------------------------------------------


FILLED = ("deduct", "checklist", "all_or_none", "discretionary", "composite")
"""The kinds in which "in order" says it all."""


@dataclass(frozen=True)
class Generated:
    """Two sheets of one school: confirmed, and with the same entries typed one by one."""

    rubric: Rubric
    confirmed: SheetSpec
    by_hand: SheetSpec


def generated(folder: Path) -> tuple[OpenRound, list[Generated]]:
    """Sheets for rubrics of every kind, in which some items were filled in and others not."""
    chance = random.Random(7)
    made: list[Rubric] = []
    for number, kind in enumerate([*KINDS, *FILLED * 6]):
        made += drawn(rubrics(scale="merits", kinds=(kind,), most_indicators=6), 2, number)
    made += drawn(rubrics(scale="demerits", kinds=FILLED[:-1], most_indicators=6), 4, 99)
    made = [
        # A round has one subject.
        one.model_copy(update={"id": f"r{number}", "when": None, "subject": Subject()})
        for number, one in enumerate(made)
    ]
    schools = [school(number, chance) for number in range(len(made))]
    sheets = []
    for rubric, at in zip(made, schools, strict=True):
        sheet = filled(rubric, at, chance)
        rows, typed = dict(sheet.entries.rows), dict(sheet.entries.rows)
        for block in sheet_layout(rubric, at.traits).blocks:
            if block.first.kind == "inapplicable" or not isinstance(block.item, Indicator):
                continue
            if chance.random() < 0.3:
                continue
            blank = {row.address: NOTHING for row in block.rows}
            rows |= blank
            typed |= blank | by_hand(block.item, in_order(block.item, at.traits), at.traits)
        sections = dict.fromkeys((one.id for one in rubric.dimensions), "√")
        ticked = replace(sheet.entries, rows=rows, sections=sections)
        hand = replace(sheet.entries, rows=typed)
        sheets.append(
            Generated(rubric, replace(sheet, entries=ticked), replace(sheet, entries=hand))
        )
    return open_round(made, schools, folder), sheets


def by_hand(
    item: Indicator, values: Mapping[str, Any] | None, traits: Mapping[str, Any]
) -> dict[str, RowEntry]:
    """What an inspector would type for the same."""
    asked = {slot.key: slot for slot in slots(item, traits)}
    return {
        joined(item.id, key): RowEntry(_typed(asked[key], value))
        for key, value in (values or {}).items()
    }


def _typed(slot: Slot, value: Any) -> Typed:
    marks = {"yes_no": "×√", "flag": "否是"}
    return marks[slot.entry][int(value)] if slot.entry in marks else value


class Scored(NamedTuple):
    """An item as entered, as scored, and the points that it earns before any rounding."""

    seen: Observation
    score: IndicatorScore
    exact: Fraction | None


Sheet = dict[str, Scored]


def scored(opened: OpenRound, path: Path) -> tuple[list[Sheet], tuple[Problem, ...]]:
    record = read_workbook(path.read_bytes(), path.name, expectations(opened))
    found = []
    for sheet in record.sheets:
        assert sheet.visit is not None
        rubric = opened.rubrics[sheet.key.rubric]
        traits = opened.roster.schools[sheet.key.school].traits
        own: Sheet = {}
        for item in rubric.indicators:
            seen = entered(sheet.visit, item.id)
            given: dict[str, Any] = {
                "day": sheet.visit.day,
                "elapsed": elapsed_periods(opened.round),
                "traits": traits,
            }
            score = score_observation(rubric, item, seen, **given)
            units = exact_score(rubric, item, seen, **given)
            own[item.id] = Scored(seen, score, None if units is None else units / 10_000)
        found.append(own)
    return found, record.problems


def test_a_confirmed_section_scores_as_one_filled_in_by_hand(tmp_path: Path) -> None:
    opened, sheets = generated(tmp_path)
    books = workbooks(opened)
    books.write(tmp_path / "一.xlsx", [one.confirmed for one in sheets])
    books.write(tmp_path / "二.xlsx", [one.by_hand for one in sheets])
    (ticked, problems), (typed, _) = (scored(opened, tmp_path / f"{n}.xlsx") for n in "一二")
    filled_in = 0
    for one, other in zip(ticked, typed, strict=True):
        for owner, (seen, score, _) in one.items():
            hand, points, _ = other[owner]
            assert (seen.state, dict(seen.values)) == (hand.state, dict(hand.values)), owner
            assert score == points
            if seen.reason == CONFIRMED_BY:
                filled_in += 1
                assert score.earned in (score.points, 0)
    assert filled_in > 20
    named = [dict(item.params)["items"] for item in problems if item.code == "confirm-figures"]
    assert len(named) > 10


def test_the_sheet_reckons_a_confirmed_section_as_the_engine_does(
    tmp_path: Path, soffice: Convert
) -> None:
    opened, sheets = generated(tmp_path)
    books = workbooks(opened)
    books.write(tmp_path / "表.xlsx", [one.confirmed for one in sheets])
    (saved,) = soffice(tmp_path / "表.xlsx", to="xlsx", into=tmp_path / "saved")
    read_back, _ = scored(opened, saved)
    assert len(read_back) == len(sheets)
    book = CalamineWorkbook.from_path(str(saved))
    wrong, by_tick = [], 0
    for one, name, own in zip(sheets, book.sheet_names[1:], read_back, strict=False):
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        layout = books.form(one.confirmed).layout
        for block in layout.blocks:
            if not isinstance(block.item, Indicator):
                continue
            seen, _, due = own[block.owner]
            shown = cells[block.first.number - 1][Column.SCORE]
            # Points that wait for evidence show on the sheet by the colour of its cell alone.
            waits = block.item.evidence == "required" and not seen.evidence
            if not waits and not agrees(shown, due):
                wrong.append((name, block.owner, block.item.rule.kind, shown, due))
            by_tick += not waits and due is not None and seen.reason == CONFIRMED_BY
            # What was confirmed wants nothing; what it could not fill in is asked for.
            needs = [
                cell
                for row in block.rows
                for cell in cells[row.number - 1][Column.NEEDS : Column.NEEDS + 1]
            ]
            if seen.reason == CONFIRMED_BY:
                assert 1 not in needs, block.owner
        done = sum(score.state is State.CHECKED for _, score, _ in own.values())
        assert str(cells[4][7]).startswith(f"已查 {done} /"), name
    assert wrong == []
    assert by_tick > 20


def test_every_heading_of_a_dimension_offers_it(of: OpenRound, tmp_path: Path) -> None:
    path = write(of, tmp_path / "表.xlsx", spec())
    sheet = openpyxl.load_workbook(path).worksheets[1]
    at = cell(of)
    assert sheet[f"{Column.PROMPT.letter}{at[1:]}"].value == CONFIRM.label
    assert not sheet[at].protection.locked
    (offered,) = [one for one in sheet.data_validations.dataValidation if at in one.sqref]
    assert offered.formula1 == '"√"'
    assert offered.allow_blank
