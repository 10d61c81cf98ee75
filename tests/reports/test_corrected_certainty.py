"""A round that is corrected and says how sure its ranks are: all of it of corrected totals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from inspections.ledger.letters import all_letters
from inspections.ledger.of_round import ledger_of, open_round
from reports.steps.reporting import report_round
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from tests.reports.corrected_round import come, started
from tests.reports.ranking_books import group_sheets, rows_of

Pages = Callable[[bytes], list[str]]
LETTERS = {"numbers": "某教督意〔{year}〕{n}号", "day": "2026-04-20"}
CAVEAT = "换一天检查的差别、同去督学商定的事实可能的出入没有计入，实际的把握不到九成"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("both") / "春季"
    of = started(root, letters=LETTERS, ranking={"groups": ("学段",), "certainty": True})
    come(of)
    assert write_scores(root)[0] is not None
    reported, problems = report_round(root, word=True)
    assert reported is not None, problems
    return root


def places(root: Path) -> dict[str, dict[str, Any]]:
    book = load_workbook(root / "reports" / "排名表.xlsx")
    [title] = [it for it in book.sheetnames if it.endswith("名次把握")]
    rows = list(book[title].iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if "学校" in row and "名次" in row)
    notes = "".join(str(row[0]) for row in rows[:head])
    assert "名次、范围都按校正后的总分" in notes and "换一天" not in notes.split("误差里没有")[0]
    return {str(row[2]): {"rank": row[1], "total": row[3], "low": row[4], "high": row[5]}
            for row in rows[head + 1:] if row[2]}  # fmt: skip


def test_all_that_is_printed_agrees_and_is_of_corrected_totals(made: Path, pages: Pages) -> None:
    told = json.loads((made / "results" / "result.json").read_bytes())["rubrics"][0]
    found = places(made)
    (sheet,) = group_sheets(load_workbook(made / "reports" / "排名表.xlsx"), "校园管理")
    main = {row["学校"].value: row for row in rows_of(sheet)}
    assert len(found) == len(told["schools"]) == 30
    for school in told["schools"][:8]:
        name, own = school["name"], found[school["name"]]
        assert own["rank"] == school["rank"] == main[name]["名次"].value
        assert own["total"] == float(school["total"]) == main[name]["总分"].value
        assert own["low"] <= own["rank"] <= own["high"]
        parts = [Decimal(str(main[name][it].value)) for it in ("校正前总分", "宽严校正", "总分")]
        assert parts[0] + parts[1] == parts[2]
        said = f"第{own['low']}至第{own['high']}名之间" if own["low"] < own["high"] else "名"
        text = "".join(pages((made / f"reports/letters/order/{name}.pdf").read_bytes()))
        text = re.sub("—\\d+—本轮得分按督学宽严作了校正", "", text)  # between pages
        assert f"校正后总分{school['total']}分" in text and f"列第{own['rank']}名" in text
        [sure] = re.findall(r"按同一次到校的各份检查表之间的差别估计[^。]*。", text)
        assert said in sure and sure.endswith(f"；{CAVEAT}。")
        word = Document(str(made / f"reports/word/order/{name}.docx"))
        assert any(sure in re.sub(r"\s", "", it.text) for it in word.paragraphs)
        explained, _ = explain_school(made, name, "order")
        assert explained is not None
        steps = {it.name: it for it in explained.rubrics[0].steps}
        assert re.sub(r"\s", "", steps["名次把握"].value) == said or own["low"] == own["high"]
        assert CAVEAT in steps["名次把握"].because
        assert steps["总分"].value == school["total"]


def test_intervals_are_narrower_than_those_of_plain_totals(made: Path) -> None:
    wide = {name: own["high"] - own["low"] for name, own in places(made).items()}
    opened, _ = open_round(made)
    assert opened is not None
    from inspections.collecting.collecting import collected
    from scoring.fairness.certainty import with_certainty
    from scoring.fairness.scored import scored_round

    plain = opened.round.model_copy(update={"severity_correction": None})
    given = opened.rubrics, opened.roster, opened.plan, collected(opened).visits
    scores = with_certainty(plain, scored_round(plain, *given)[0])
    before = [it.high - it.low for it in scores.certainty["order"].places.values()]
    assert sum(wide.values()) < sum(before)
    assert not scores.certainty["order"].corrected


def test_letters_stay_as_they_were_sent_once_corrections_stand(made: Path) -> None:
    opened, _ = open_round(made)
    assert opened is not None
    path = made / "reports/letters/order/第1小学.pdf"
    before = path.read_bytes()
    with ledger_of(opened) as ledger:
        letters = all_letters(ledger)
    assert len(letters) == 30
    assert write_scores(made)[0] is not None
    reported, problems = report_round(made, only=["letters"])
    assert reported is not None and not reported.replaced, problems
    with ledger_of(opened) as ledger:
        assert [replace(it, fact=0) for it in all_letters(ledger)] == [
            replace(it, fact=0) for it in letters
        ]
    assert path.read_bytes() == before
