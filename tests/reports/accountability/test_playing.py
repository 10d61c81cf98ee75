"""From results to papers, as a bureau does it: propose, fill in, collect, write; figures change."""

from __future__ import annotations

from pathlib import Path

import docx
from openpyxl import load_workbook

from inspections.accountability.states import State
from reports.steps.accountability import (
    accountability_status,
    collect_rulings,
    propose_measures,
    write_accountability_papers,
)
from tests.reports.accountability.ruled import BY, DAY, NAMED

KINDS = ("表彰", "通报批评", "约谈", "取消评优", "移送")


def fill(folder: Path, *rows: dict[str, object]) -> dict[str, str]:
    """Fills in the first row of each kind so; returns the kind by the proposal's number."""
    sent = next((folder / "accountability" / "sent").glob("*.xlsx"))
    book = load_workbook(sent)
    sheet = book.worksheets[0]
    rows_of_it = list(enumerate(sheet.iter_rows(), 1))
    start, head = next(it for it in rows_of_it if it[1][0].value == "编号")
    at = {str(cell.value): number for number, cell in enumerate(head, 1)}
    found: dict[str, str] = {}
    left = dict(zip(KINDS, rows, strict=False))
    for number, row in rows_of_it[start:]:
        measure = str(row[at["建议措施"] - 1].value or "")
        kind = next((kind for kind in left if measure.startswith(kind)), None)
        if kind is not None:
            for name, value in left.pop(kind).items():
                sheet.cell(number, at[name]).value = value  # type: ignore[assignment]
            found[str(row[0].value)] = kind
    returned = folder / "accountability" / "returned"
    returned.mkdir(exist_ok=True)
    book.save(returned / "批回.xlsx")
    return found


def papers(folder: Path) -> set[str]:
    top = folder / "reports" / "问责"
    return {path.relative_to(top).parts[0].removesuffix(".docx") for path in top.rglob("*.docx")}


def test_what_is_accepted_becomes_papers_and_falls_with_its_figures(county: Path) -> None:
    accepted = {"决定": "同意", **NAMED}
    reminded = {"决定": "改为", "改为哪种措施": "谈话提醒", "理由": "首次，从轻", **NAMED}
    assert len(fill(county, accepted, reminded, *[accepted] * 3)) == 5
    ruled, problems = collect_rulings(county, DAY, BY)
    assert ruled is not None
    assert len(ruled.ruled) == 5
    assert not [item for item in problems if item.code.startswith("rows-")]
    again, _ = collect_rulings(county, DAY, BY)
    assert again is not None
    assert again.ruled == ()
    made, _ = write_accountability_papers(county, DAY)
    assert made is not None
    assert papers(county) == {
        "表彰",
        "表彰名单",
        "谈话提醒记录",
        "约谈通知",
        "约谈记录",
        "取消评优清单",
        "移送函",
    }
    letter = docx.Document(str(next((county / "reports" / "问责" / "移送函").iterdir())))
    assert "没有行政处罚权" in "".join(said.text for said in letter.paragraphs)
    rules = county / "accountability.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("first: 10", "first: 1").replace("years: 1", "years: 2"), "utf-8")
    stands, problems = accountability_status(county, DAY)
    assert stands is not None
    assert "accountability-flagged" in {item.code for item in problems}
    write_accountability_papers(county, DAY)
    assert "取消评优清单" not in papers(county)


def test_a_decision_without_a_name_or_a_reason_is_none(county: Path) -> None:
    fill(
        county,
        {"决定": "同意", "决定日期": "下周"},
        {"决定": "不同意", **NAMED},
        {"决定": "改为", "理由": "从轻", **NAMED},
        {"决定": "同意", "年限": 3, **NAMED},
        {"决定": "不同意", "理由": "已当场改正", **NAMED},
    )
    ruled, problems = collect_rulings(county, DAY, BY)
    assert ruled is not None
    assert len(ruled.ruled) == 1
    codes = [item.code for item in problems]
    # What the reader tells at a cell is not told a second time.
    assert codes.count("accountability-ruling-lacks") == 3
    assert codes.count("rows-required-blank") == 1
    assert codes.count("rows-value") == 1
    told, more = collect_rulings(county, DAY, BY)
    assert told is not None
    assert [item.code for item in more].count("accountability-ruling-lacks") == 3


def test_a_decision_may_change_the_measure(county: Path) -> None:
    changed = {"决定": "改为", "改为哪种措施": "谈话提醒", "理由": "首次，从轻", **NAMED}
    fill(county, changed, changed, changed, changed, changed)
    ruled, _ = collect_rulings(county, DAY, BY)
    assert ruled is not None
    assert sum(one.state is State.CHANGED for one in ruled.standings) == 5
    write_accountability_papers(county, DAY)
    assert papers(county) == {"谈话提醒记录"}


def test_no_rules_no_proposals(county: Path) -> None:
    (county / "accountability.yaml").unlink()
    made, problems = propose_measures(county, DAY, BY)
    assert made is None
    assert [item.code for item in problems] == ["accountability-missing"]


def test_rounds_running_are_read_from_earlier_results(county: Path) -> None:
    rules = county / "accountability.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("rules:\n", "previous: [., nowhere]\nrules:\n", 1), "utf-8")
    made, problems = propose_measures(county, DAY, BY)
    assert made is not None
    codes = {item.code for item in problems}
    assert "accountability-previous" in codes
    assert "accountability-unseen" not in codes
    twice = [one for one in made.added if one.rule == "连续不合格"]
    assert twice
    assert all("也是：等次“不合格”" in one.figures for one in twice)
