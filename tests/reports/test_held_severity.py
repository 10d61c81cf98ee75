"""Corrections that letters have named stand: late sheets and objections leave them alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select
from typer.testing import CliRunner

import scoring
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.erasing import erase_words
from inspections.ledger.letters import Asked, Holding, all_letters, number_letters
from inspections.ledger.objections import Outcome
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.severity import HeldSeverity, standing_severity
from inspections.ledger.tables import acts, facts
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.steps.deciding import decide_item
from inspections.steps.objecting import add_objection, decide_objection
from reports.steps.following_up import _without_follow_up
from reports.steps.reporting import report_round
from reports.steps.verifying import Verdict as Found
from reports.steps.verifying import verify_letter
from scoring.__main__ import app
from scoring.results.corrected_words import CORRECTED
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from scoring.steps.severity import measure_severity
from tests.reports.corrected_round import LATE, SEVERE, come, setting, started

Pages = Callable[[bytes], list[str]]
LETTERS = {"numbers": "某教督意〔{year}〕{n}号", "day": "2026-04-20", "first_day": "2026-04-01"}
BY = By("张主任", "补收了检查表")
SCHOOLS = 40
"""The last of them is seen by somebody who came to no other school."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters of thirty of the schools are numbered; never written to."""
    root = tmp_path_factory.mktemp("held") / "春季"
    of = started(root, SCHOOLS, late=True, letters=LETTERS)
    come(of, range(30))
    assert write_scores(root)[0] is not None
    reported, problems = report_round(root, only=["letters"], issue=True)
    assert reported is not None, problems
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent, tmp_path / "county")
    settings = tmp_path / "county" / made.name / "round.yaml"
    text = settings.read_text("utf-8").replace(str(made.parent), str(tmp_path / "county"))
    settings.write_text(text, "utf-8")
    return settings.parent


def opened(root: Path) -> OpenRound:
    found, problems = open_round(root)
    assert found is not None, problems
    return found


def stands(root: Path) -> HeldSeverity:
    with ledger_of(opened(root)) as ledger:
        assert verify(ledger).broken is None
        return standing_severity(ledger)["order"]


def scored(root: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The result of the rubric, and what was told: code -> message."""
    found, problems = write_scores(root)
    assert found is not None and found.scores is not None, problems
    told = json.loads((root / "results" / "result.json").read_bytes())
    return told["rubrics"][0], {one.code: one.message for one in problems}


def reported(root: Path) -> None:
    found, problems = report_round(root, only=["letters"], issue=True)
    assert found is not None, problems


def letter(root: Path, school: int, pages: Pages) -> str:
    path = root / "reports" / "letters" / "order" / f"第{school}小学.pdf"
    return "".join(pages(path.read_bytes()))


def test_a_late_sheet_leaves_the_corrections_that_letters_named(root: Path, pages: Pages) -> None:
    before = stands(root)
    first, _ = scored(root)
    come(opened(root), range(30, SCHOOLS - 1))
    second, told = scored(root)
    assert second["correction"] == first["correction"]
    assert "severity-moved" not in told and "severity-late" not in told
    for old, new in zip(first["schools"][:30], second["schools"][:30], strict=True):
        assert old["total"] == new["total"] and old["correction"] == new["correction"]
    reported(root)
    assert stands(root) == before, "the second letters add nothing"
    own = second["schools"][30]["correction"]
    assert "、".join(f"{it['inspector']}号{Decimal(it['points']):+}" for it in own["records"]) in (
        letter(root, 31, pages)
    )
    explained, _ = explain_school(root, "第31小学", "order")
    assert explained is not None
    [step] = [it for it in explained.rubrics[0].steps if it.name == "宽严校正"]
    assert f"各人的校正{before.day} 随意见书编号定下，由当时的 60 份检查表测得" in step.because
    # So do what is compared with before the follow-up, and the analysis of fairness.
    plain = _without_follow_up(opened(root)).rubrics["order"]
    assert [it.total for it in plain.schools] == [
        None if it["total"] is None else round(Decimal(it["total"]) * 10_000)
        for it in second["schools"]
    ]
    frame = scoring.open_round(root).scores()
    assert [str(it) for it in frame["total"][:39]] == [it["total"] for it in second["schools"][:39]]


def test_what_stands_is_written_with_the_first_numbers_in_one_act(made: Path) -> None:
    held = stands(made)
    assert (held.number, held.sheets, held.again, held.nothing) == (1, 60, False, "")
    assert held.inspectors[SEVERE] == 20_000 and len(held.inspectors) == 5
    with ledger_of(opened(made)) as ledger, ledger.connect() as connection:
        wanted = select(facts.c.kind, facts.c.act).where(facts.c.kind.in_(("severity", "letter")))
        rows = [tuple(row) for row in connection.execute(wanted.order_by(facts.c.id))]
        kinds = {row.id: row.kind for row in connection.execute(select(acts))}
    assert rows[0][0] == "severity" and [kind for kind, _ in rows].count("severity") == 1
    assert rows[1] == ("letter", rows[0][1]) and kinds[rows[0][1]] == "letters"
    done = CliRunner().invoke(app, ["ledger", "log", str(made)])
    assert "给意见书编号 16 份" in done.output


def test_somebody_who_came_late_is_not_corrected_and_it_is_said(root: Path, pages: Pages) -> None:
    before = stands(root)
    come(opened(root), [SCHOOLS - 1])
    result, told = scored(root)
    assert "6号督学那时没有检查表" in told["severity-late"]
    assert result["correction"]["late"] == [6]
    assert result["correction"]["inspectors"]["6"] == "0.00"
    one = result["schools"][SCHOOLS - 1]
    first = before.inspectors["D01"]
    assert [it["points"] for it in one["correction"]["records"]] == [
        f"{first / 10_000:.2f}",
        "0.00",
    ]
    reported(root)
    text = letter(root, SCHOOLS, pages)
    assert "6号0.00，取平均（6号在校正定下以后才有检查表，不校正），得" in text
    after = stands(root)
    assert after.late == {LATE.id} and after.continues == before.number == 1
    assert (after.at, after.sheets) == (before.at, before.sheets)
    for code, units in before.inspectors.items():
        assert after.inspectors[code] == units and after.numbers[code] == before.numbers[code]
    # Numbered once more nothing is another, and the words stay.
    again, told = scored(root)
    assert again == result and "severity-late" in told
    reported(root)
    assert stands(root) == after and letter(root, SCHOOLS, pages) == text
    found, problems = report_round(root, draft=True)
    assert found is not None, problems
    book = openpyxl.load_workbook(root / "reports" / "排名表.xlsx")
    told_there = [str(cell.value) for row in book["宽严校正"].iter_rows() for cell in row]
    assert any("6号督学在校正定下以后才有检查表" in it for it in told_there)
    assert "校正定下以后才有检查表，不校正" in told_there


def test_what_would_be_measured_otherwise_now_is_told_and_done_when_somebody_says_so(
    root: Path, pages: Pages
) -> None:
    before = stands(root)
    # From now on the severe one is as strict as the others.
    come(opened(root), range(30, SCHOOLS - 1), severity=0)
    first, told = scored(root)
    said = told["severity-drifted"]
    assert re.search(r"\d 名督学相差超过 0.10 分，最多相差 \d\.\d\d 分", said)
    assert before.day in said
    done = CliRunner().invoke(app, ["round", "status", str(root)])
    assert said in re.sub(r"\s*\n\s*", "", done.output) or "相差超过 0.10 分" in done.output
    assert f"{before.day} 随意见书编号定下" in done.output
    reported(root)
    old = letter(root, 1, pages)
    done = CliRunner().invoke(app, ["round", "severity", str(root)])
    assert done.exit_code == 0 and "什么也没有改" in done.output and "+2.00" in done.output
    assert stands(root) == before
    done = CliRunner().invoke(app, ["round", "severity", str(root), "--yes"])
    assert done.exit_code == 2 and stands(root) == before, "not without a reason"
    options = ["--yes", "--why", "补收了检查表", "--by", "张主任"]
    done = CliRunner().invoke(app, ["round", "severity", str(root), *options])
    assert done.exit_code == 0 and "已记入台账" in done.output
    after = stands(root)
    assert after.again and (after.who, after.why) == ("张主任", "补收了检查表")
    assert after.inspectors != before.inspectors and after.numbers == before.numbers
    found, problems = report_round(root, only=["letters"])
    assert found is None and "督学宽严的校正" in next(
        it.message for it in problems if it.code == "results-outdated"
    )
    second, told = scored(root)
    assert "severity-moved" in told and "severity-drifted" not in told
    assert second["correction"]["measured_again"] == after.day
    assert second["correction"]["inspectors"] != first["correction"]["inspectors"]
    found, problems = report_round(root, issue=True)
    assert found is not None and found.replaced, problems
    day = date.fromisoformat(after.day)
    when = f"{day.year}年{day.month}月{day.day}日重新测定"
    text = letter(root, 1, pages)
    assert text != old and when in text and "作废" in text
    total = second["schools"][0]["total"]
    assert f"校正后总分{total}分" in text
    explained, _ = explain_school(root, "第1小学", "order")
    assert explained is not None
    [step] = [it for it in explained.rubrics[0].steps if it.name == "宽严校正"]
    assert "由张主任重新测定（理由：补收了检查表）" in step.because
    book = openpyxl.load_workbook(root / "reports" / "排名表.xlsx")
    told_there = "".join(str(row[0].value) for row in book["宽严校正"].iter_rows(max_row=8))
    assert "由张主任重新测定（理由：补收了检查表）" in told_there
    bulletin = json.loads((root / "results" / "bulletin.json").read_bytes())
    assert when in json.dumps(bulletin, ensure_ascii=False)
    done = CliRunner().invoke(app, ["ledger", "log", str(root)])
    assert "重新测定宽严校正 1 套" in done.output
    done = CliRunner().invoke(app, ["round", "status", str(root)])
    assert "相差超过" not in done.output


def test_an_objection_that_changes_a_record_changes_that_school_alone(
    root: Path, pages: Pages
) -> None:
    first, _ = scored(root)
    found, problems = report_round(root, stage="初步", issue=True, word=True)
    assert found is not None, problems
    word = Document(str(root / "reports" / "first-opinions-word" / "order" / "第5小学.docx"))
    assert CORRECTED in word.sections[0].header.paragraphs[0].text
    total = first["schools"][4]["total"]
    texts = [re.sub(r"\s", "", it.text) for it in word.paragraphs]
    assert any(f"校正后总分{total}分" in it for it in texts)
    before = stands(root)
    day = {"received": date(2026, 4, 8)}
    number, problems = add_objection(root, "第5小学", "order", "秩序没有这样差", BY, **day)
    assert number is not None, problems
    made, problems = decide_item(root, Verdict.CORRECT, "第5小学", "order", "A1", BY, value="58")
    assert made is not None, problems
    decide_objection(root, number, Outcome.ACCEPTED, "查实", BY, decisions=[made.number])
    second, _ = scored(root)
    assert second["correction"] == first["correction"]
    changed = [
        new["id"]
        for old, new in zip(first["schools"], second["schools"], strict=True)
        if old["total"] != new["total"]
    ]
    assert changed == ["21060005"]
    reported(root)
    assert stands(root) == before
    one = second["schools"][4]
    sum_of = Decimal(one["correction"]["plain_total"]) + Decimal(one["correction"]["applied"])
    assert Decimal(one["total"]) == sum_of
    text = letter(root, 5, pages)
    assert f"校正后总分{one['total']}分" in text and "采纳" in text


def test_letters_wait_for_all_sheets_of_the_rubric_until_corrections_stand(
    tmp_path: Path,
) -> None:
    root = tmp_path / "春季"
    of = started(root, 31, last="初中", letters=LETTERS, ranking={"groups": ("学段",)})
    come(of, range(30))
    before, _ = scored(root)
    found, problems = report_round(root, only=["letters"])
    assert found is not None and "letters-drafts" in {it.code for it in problems}
    with ledger_of(opened(root)) as ledger:
        assert not all_letters(ledger) and not standing_severity(ledger), "measured at each scoring"
    come(opened(root), [30])
    after, told = scored(root)
    assert "severity-moved" in told
    assert before["correction"]["inspectors"] != after["correction"]["inspectors"]
    report_round(root, only=["letters"])
    with ledger_of(opened(root)) as ledger:
        assert len(all_letters(ledger)) == 31
        assert standing_severity(ledger)["order"].sheets == 62


def test_nobody_numbers_letters_with_corrections_that_others_have_replaced(root: Path) -> None:
    held = stands(root)
    asked = Asked("正式", "order", "21060001", "a" * 64, "第{n}号")
    with ledger_of(opened(root)) as ledger:
        count = len(all_letters(ledger))
        for seen, new in ((0, None), (2, None), (0, HeldSeverity("order", {}, {}, frozenset(), (),
                                                               "没有测", "", 1))):  # fmt: skip
            wanted = {"order": Holding(seen, new)}
            assert number_letters(ledger, [asked], BY, wanted) == []
        assert len(all_letters(ledger)) == count
        # Who was cut off and measures the same goes on.
        assert number_letters(ledger, [asked], BY, {"order": Holding(0, held)})
        assert standing_severity(ledger)["order"] == held
    (root / "round.yaml").write_text(
        (root / "round.yaml").read_text("utf-8").replace("limit: 2", "limit: 1"), "utf-8"
    )
    result, told = scored(root)
    assert max(map(Decimal, result["correction"]["inspectors"].values())) == 2
    assert "severity-drifted" in told, "settings are no command to measure anew"


def test_what_stands_may_be_that_nobody_is_corrected(root: Path) -> None:
    setting(root, "severity_correction", "severity_correction: {reliability: 0.99}")
    done, problems = measure_severity(root, BY, write=True)
    assert done is not None and done.written, problems
    assert "可靠度" in stands(root).nothing
    setting(root, "severity_correction", "severity_correction: {reliability: 0.7}")
    result, told = scored(root)
    assert "correction" not in result
    assert "severity-none" in told and "现在测得出来" in told["severity-drifted"]


def test_a_round_that_does_not_ask_has_nothing_to_measure(root: Path) -> None:
    setting(root, "severity_correction", "# severity_correction: {limit: 2}")
    done, problems = measure_severity(root, BY, write=True)
    assert done is None and "severity-not-asked" in {it.code for it in problems}
    result, _ = scored(root)
    assert "correction" not in result


def test_a_person_who_is_erased_leaves_the_amounts_of_others(root: Path) -> None:
    before = stands(root)
    with ledger_of(opened(root)) as ledger:
        for path in (root / "returned").iterdir():
            path.unlink()
    come_again = CliRunner().invoke(app, ["collect", str(root)])
    assert come_again.exit_code in (0, 1)
    with ledger_of(opened(root)) as ledger:
        erased = erase_words(ledger, ["D02"], BY)
        assert erased.count and not erased.files
        assert verify(ledger).broken is None
        after = standing_severity(ledger)["order"]
    assert after.inspectors == {it: n for it, n in before.inspectors.items() if it != "D02"}
    assert after.taken == 5


def test_a_letter_that_was_sent_is_still_genuine_after_late_sheets(root: Path) -> None:
    sent = root.parent / "sent.pdf"
    shutil.copy(root / "reports" / "letters" / "order" / "第1小学.pdf", sent)
    come(opened(root), [30])
    scored(root)
    found, _ = verify_letter(sent, root)
    assert found is not None and found.verdict is Found.GENUINE
