"""Reports of voices: what is told adds up, few people are not told, nothing private leaves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.ledger.of_round import ledger_of
from inspections.records.voices import Question
from inspections.round.opened import OpenRound
from inspections.steps.erasing import erase_school
from inspections.voices.sampling import SMALL, is_small
from inspections.voices.tallying import voices_of
from reports.steps.voicing import report_voices
from reports.voices.book import voices_book
from reports.voices.counts import COUNTY, ToldQuestion, told_questions
from reports.voices.paper import sentence
from reports.voices.subject import Subject, subject_of
from scoring.__main__ import app
from tests.inspections.small_round import SCHOOLS
from tests.inspections.voices.exports import exported, invented
from tests.inspections.voices.test_feeding import BY, ONE, TWO, VOICES, a_round, table, take

CODES = [school.id for school in SCHOOLS]


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = a_round(tmp_path, VOICES[:1])
    answers = invented(300, [ONE, ONE, ONE, TWO, "邻县某校"])
    for number, one in enumerate(answers):
        one.remark = "李小红老师很好 13812345678" if number < 5 else one.remark
    take(made, exported("问卷星", answers, tmp_path / "出"), survey="家长问卷")
    sent = table(tmp_path / "发放.csv", "学校,发放份数", [ONE, 400], [TWO, 120])
    take(made, sent, survey="家长问卷", kind="发放数")
    calls = [[ONE, "伙食", "2026-03-02", "已答复"]] * 7 + [
        [ONE, "收费", "2026-04-12", "未答复"]
    ] * 6
    calls += [[TWO, "收费", "2026-04-02", "已答复"]] * 2
    heads = "学校,反映类别,来电时间,是否答复"
    take(made, table(tmp_path / "热线.csv", heads, *calls), kind="热线来访")
    phoned = [[ONE, "满意", "2026-03-05"]] * 30
    take(made, table(tmp_path / "访谈.csv", "学校,满意吗,访谈时间", *phoned), kind="电话访谈")
    votes = [[ONE, "满意"]] * 6 + [[ONE, "差"]] * 6
    take(made, table(tmp_path / "测评.csv", "学校,测评结果", *votes), kind="民主测评")
    return made


def subject(of: OpenRound) -> Subject:
    with ledger_of(of) as held:
        return subject_of(of, held)


def test_a_class_is_nothing_that_a_report_divides_by(tmp_path: Path) -> None:
    made = a_round(tmp_path, VOICES[:1])
    answers = [[ONE, "三年级", f"三（{n % 3 + 1}）班", "满意"] for n in range(60)]
    take(made, table(tmp_path / "家长问卷.csv", "学校,年级,班级,满意吗", *answers))
    with ledger_of(made) as held:
        voices = voices_of(held, "家长问卷")
    assert [one.group for one in voices.answers.questions] == ["年级", "班级", ""]
    told = told_questions(voices)[COUNTY]
    assert "班级" not in {one.question.group for one in told}
    assert {group for one in told for group in one.groups} <= {"年级"}


def words(path: Path) -> str:
    document = docx.Document(BytesIO(path.read_bytes()))
    texts = [
        paragraph.text
        for paragraph in document.element.body.iter()
        if hasattr(paragraph, "text") and paragraph.text
    ]
    return "\n".join(texts)


def test_counts_are_those_of_the_ledger_or_not_told(of: OpenRound) -> None:
    with ledger_of(of) as held:
        voices = voices_of(held, "家长问卷")
    told = told_questions(voices)
    for question in voices.answers.questions:
        tally = voices.tally(question.id)
        for row, (school,) in enumerate(tally.keys):
            one = next(it for it in told[school] if it.question.id == question.id)
            for count, shown in zip(tally.counts[row].tolist(), one.counts, strict=True):
                assert shown in (count, None) and not is_small(shown or 0)
            if one.satisfied:
                assert one.satisfied == (tally.satisfied[row], tally.opinions[row])


def test_no_count_alone_is_hidden_between_schools_and_the_county(of: OpenRound) -> None:
    with ledger_of(of) as held:
        voices = voices_of(held, "家长问卷")
    told = told_questions(voices)
    hidden: Counter[bool] = Counter()
    for number, question in enumerate(voices.answers.questions):
        tally = voices.tally(question.id)
        schools = [key[0] for key in tally.keys]
        for option in range(len(question.options)):
            gone = [
                row for row, school in enumerate(schools)
                if told[school][number].counts[option] is None
            ]  # fmt: skip
            hidden[bool(gone)] += 1
            if gone and len(gone) < len(schools):
                assert len(gone) > 1
                assert sum(int(tally.counts[row, option]) for row in gone) >= SMALL
    assert hidden[True] and hidden[False]


def test_the_command_writes_papers_and_a_workbook_without_anything_private(
    of: OpenRound,
) -> None:
    done = CliRunner().invoke(app, ["voices", "report", str(of.folder.root)])
    assert done.exit_code == 0, done.output
    folder = of.folder.reports / "问卷"
    assert {path.name for path in folder.iterdir() if path.suffix} == {
        "全县.docx", f"{ONE}.docx", f"{TWO}.docx", "问卷和来访.xlsx",
    }  # fmt: skip
    texts = [words(path) for path in folder.glob("*.docx")]
    book = load_workbook(folder / "问卷和来访.xlsx")
    texts += [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    for private in ("李小红", "13812345678", "10.0.0.", "邻县"):
        assert not any(private in text for text in texts)
    county = words(folder / "全县.docx")
    # Calls are never added to sheets, and ballots are told by their number alone.
    assert "30人次回答了这一题" in county and "答复率" in county
    assert "测评" in county and "测评结果" not in county


def test_months_of_few_calls_are_not_told(of: OpenRound) -> None:
    calls = next(one for one in subject(of).surveys if one.name == "热线")
    assert calls.months[COUNTY] == {"2026年3月": 7, "2026年4月": 8}
    assert calls.months[CODES[1]] == {"2026年4月": None}
    # 8 less those of the first school would be the 2 of the second.
    assert calls.months[CODES[0]]["2026年4月"] is None


def test_a_survey_is_compared_with_the_round_before(of: OpenRound, tmp_path: Path) -> None:
    (tmp_path / "今").mkdir()
    now = a_round(tmp_path / "今", VOICES[:1])
    take(now, exported("问卷星", invented(300, [ONE], day=20), tmp_path / "新"), survey="家长问卷")
    text = now.folder.settings.read_text(encoding="utf-8")
    line = f"follows: [{of.folder.root.as_posix()}]"
    text = text.replace("# follows: [../2026春]", line).replace(
        "title: 春季督导", "title: 秋季督导"
    )
    now.folder.settings.write_text(text, encoding="utf-8")
    written, problems = report_voices(now.folder.root)
    assert written, problems
    assert "春季督导为" in words(written[0])


def test_an_edited_report_stays_and_an_erased_school_has_none(of: OpenRound) -> None:
    written, _ = report_voices(of.folder.root)
    edited = next(path for path in written if path.name == f"{ONE}.docx")
    document = docx.Document(str(edited))
    document.add_paragraph("局里加的话")
    document.save(str(edited))
    _, problems = report_voices(of.folder.root)
    assert "voices-report-edited" not in [one.code for one in problems]  # nothing else to write
    erase_school(of.folder.root, CODES[1], BY)
    with ledger_of(of) as held:
        assert CODES[1] not in voices_of(held, "家长问卷").answers.schools
    assert CODES[1] not in subject(of).schools


def test_who_is_satisfied_is_not_had_from_the_county_and_the_other_schools(of: OpenRound) -> None:
    with ledger_of(of) as held:
        voices = voices_of(held, "家长问卷")
    told = told_questions(voices)
    seen = 0
    for number, question in enumerate(voices.answers.questions):
        tally = voices.tally(question.id)
        gone = [
            row for row, (school,) in enumerate(tally.keys)
            if told[school][number].satisfied is None and tally.opinions[row]
        ]  # fmt: skip
        if gone and len(gone) < len(tally.keys):
            seen += 1
            for counts in (tally.satisfied, tally.opinions - tally.satisfied):
                assert len(gone) > 1 and int(counts[gone].sum()) >= SMALL
    assert seen


@pytest.mark.parametrize("rows", [21, 24, 29])
def test_pages_of_the_workbook_begin_with_a_head_and_tear_no_chart(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr("reports.voices.book.rooms_of", lambda sheet: [rows * 18.0])
    read = subject(of)
    book = load_workbook(BytesIO(voices_book(read)))
    asked = {it.question.text for one in read.surveys for it in one.told.get(COUNTY, ())}
    begun = set()
    for sheet in book.worksheets[1:]:
        charts = [chart.anchor for chart in sheet._charts]
        assert {anchor.to.row - anchor._from.row for anchor in charts} <= {17}
        for ended in [one.id for one in sheet.row_breaks.brk]:  # after this row, from 1
            assert not [it for it in charts if it._from.row < ended <= it.to.row]
            first = str(sheet.cell(ended + 1, 1).value or "")
            assert first.removesuffix("（续）") in asked or ended in [it._from.row for it in charts]
            begun.add(bool(first))
    assert begun == {True, False}


def test_the_workbook_calls_figures_as_the_papers_do(of: OpenRound) -> None:
    book = load_workbook(BytesIO(voices_book(subject(of))))
    heads = {sheet.title: {cell for row in sheet.values for cell in row} for sheet in book}
    assert "答复率" in heads["热线"] and "写明" in heads["热线"]
    assert not {"满意率", "回答"} & heads["热线"]
    assert "满意率" in heads["家长问卷"]
    # Free text that nobody sorted into kinds is counted, and that is all.
    assert "其他" not in heads["家长问卷"]


def test_papers_say_each_thing_once_and_figures_below_each_other_have_as_many_decimals(
    of: OpenRound,
) -> None:
    report_voices(of.folder.root)
    county = words(of.folder.reports / "问卷" / "全县.docx")
    assert "、家长问卷\n" in county and "、热线\n" in county and "件写明了这一项" in county
    shares = re.findall(r"([\d.]+)%", county.replace("95%置信区间", "").replace("100%\n", ""))
    assert shares and all(re.fullmatch(r"\d+\.\d", share) for share in shares)


def test_a_change_is_that_of_the_shares_beside_it(of: OpenRound) -> None:
    one = next(it for it in subject(of).surveys if it.name == "家长问卷")
    question = Question("q", "满意吗", "one", ("满意", "不满意"), satisfied=1, scale="满意")
    told = ToldQuestion(question, 300, (200, 100), (200, 300), before=(100, 300))
    text = sentence(replace(one, compared="上次"), told)
    assert "满意率66.7%" in text and "上次为33.3%" in text and text.endswith("，高33.4个百分点。")


def test_the_room_over_a_table_stays_with_it(of: OpenRound) -> None:
    report_voices(of.folder.root)
    document = docx.Document(str(of.folder.reports / "问卷" / "全县.docx"))
    over = [
        before
        for table in document.element.body.findall(qn("w:tbl"))
        if (before := table.getprevious()) is not None and not "".join(before.itertext()).strip()
    ]
    assert over
    assert all(it.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for it in over)
