"""The whole bulletin: its sections in order, each paragraph with a number and its figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from inspections.round.days import day_text
from reports.bulletin.attachments import (
    OPEN,
    OPEN_RANK,
    TRUE_RANK,
    FaultTable,
    ResultTable,
    fault_table,
    result_tables,
)
from reports.bulletin.basics import basics
from reports.bulletin.decided import DecidedTable, decided, decided_tables
from reports.bulletin.demands import demands
from reports.bulletin.findings import findings
from reports.bulletin.outcome import outcome
from reports.bulletin.overall import GradeRow, grades, overall
from reports.bulletin.subject import Part, Subject
from reports.bulletin.told import Told
from reports.bulletin.wording import add_up
from reports.official.contact import NO_CONTACT, NO_COPIES
from reports.official.values import Context, Own, Value, close_up
from reports.type.archival import About
from reports.type.numerals import numeral
from rubrics.messages.plain_text import one_line
from scoring.results.corrected_words import corrected_note

SCHOOLS, BRANCHES = "学校", "党组织"
_BRANCH = re.compile("(支部|总支|党委|党组织)(委员会)?$")
ADDRESSEE = "各有关学校，机关有关科室"


@dataclass(frozen=True, slots=True)
class Rubric:
    """What is told of one rubric; ``title`` is its heading, with a number."""

    title: str
    overall: tuple[Told, ...]
    grades: tuple[GradeRow, ...]
    graded: Told
    findings: tuple[Told, ...]
    outcome: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that a bulletin says."""

    title: str
    basics: tuple[Told, ...]
    rubrics: tuple[Rubric, ...]
    decided: tuple[Told, ...]
    demands: tuple[Told, ...]
    results: tuple[ResultTable, ...]
    faults: tuple[FaultTable, ...]
    lists: tuple[DecidedTable, ...]
    bureau: str
    day: str
    note: str
    attachments: tuple[str, ...]
    decided_title: str
    contact: str
    copies: str
    called: str = SCHOOLS
    corrected: str = ""

    def mark(self, number: int) -> str:
        """What an attachment is called: one that is alone has no number."""
        return f"附件{number}" if len(self.attachments) > 1 else "附件"

    def told(self) -> Iterator[tuple[str, Told]]:
        """Yields section and paragraph in the order of print: paragraph 1 is the first."""
        for paragraph in self.basics:
            yield "基本情况", paragraph
        for section in ("overall", "findings", "outcome"):
            for held in self.rubrics:
                found = getattr(held, section)
                for paragraph in (*found, held.graded) if section == "overall" else found:
                    yield f"{_SECTIONS[section]}{held.title}", paragraph
        for paragraph in self.decided:
            yield self.decided_title, paragraph
        for paragraph in self.demands:
            yield "整改要求", paragraph


_SECTIONS = {"overall": "总体评价", "findings": "主要问题", "outcome": "通报结果"}


def bulletin(subject: Subject) -> Bulletin:
    """Returns the bulletin of a round in which somebody was visited."""
    made = _of_schools(subject)
    words = subject.words
    if not words.is_school:
        return in_words(made, words.said, words.subject.name)
    return in_words(made, _as_branches, BRANCHES) if are_branches(subject) else made


def _of_schools(subject: Subject) -> Bulletin:
    settings, parts = subject.round, subject.parts
    return Bulletin(
        title=f"关于{close_up(one_line(settings.title))}情况的通报",
        basics=tuple(basics(subject)),
        rubrics=tuple(_rubric(subject, part, number) for number, part in enumerate(parts)),
        decided=tuple(decided(subject)),
        demands=tuple(demands(subject)),
        results=tuple(table for part in parts for table in result_tables(part)),
        faults=tuple(fault_table(part) for part in parts if part.faults),
        lists=tuple(decided_tables(subject)),
        bureau=one_line(settings.bureau),
        day=day_text(settings.letters.day) if settings.letters.day else "　　年　月　日",
        note=one_line(settings.note),
        attachments=subject.attachments,
        decided_title=subject.decided_title,
        contact=settings.contact.told or NO_CONTACT,
        copies=settings.bulletin.copied or NO_COPIES,
        corrected=corrected_note(subject.scores),
    )


def are_branches(subject: Subject) -> bool:
    """Returns whether those who were visited are party branches, as all their names say."""
    names = [school.school.name for part in subject.parts for school in part.visited]
    return all(_BRANCH.search(name) for name in names)


def in_words(held: Bulletin, put: Callable[[str], str], called: str) -> Bulletin:
    """Returns the bulletin with every paragraph as it is said of others than schools."""

    def said(paragraphs: tuple[Told, ...]) -> tuple[Told, ...]:
        return tuple(one.put(put) for one in paragraphs)

    rubrics = tuple(
        replace(
            one, overall=said(one.overall), graded=one.graded, findings=said(one.findings),
            outcome=said(one.outcome),
        )
        for one in held.rubrics
    )  # fmt: skip
    return replace(
        held, basics=said(held.basics), rubrics=rubrics, decided=said(held.decided),
        demands=said(held.demands), called=called,
    )  # fmt: skip


def _as_branches(text: str) -> str:
    text = re.sub(r"(\d|一|每)所学校", r"\1个党组织", text)
    text = re.sub(r"(\d|每)所", r"\1个", text)
    text = re.sub(r"(受查|多数|的|各)学校", r"\1党组织", text)
    return text.replace("各校", "各党组织")


def _rubric(subject: Subject, part: Part, number: int) -> Rubric:
    rows, graded = grades(part)
    return Rubric(
        f"（{numeral(number + 1)}）{part.name}",
        tuple(overall(part)),
        rows,
        graded,
        tuple(findings(part)),
        tuple(outcome(subject, part)),
    )


def context(held: Bulletin) -> Context:
    """Returns the bulletin under the names that its template goes by."""
    rubrics: list[Value] = [
        {
            "标题": one.title,
            "评价": _texts(one.overall),
            "等次": [
                {"等次": row.grade, "学校数": row.count, "占比": row.share, "各组": row.groups}
                for row in one.grades
            ],
            "等次注": (
                ""
                if add_up([row.share for row in one.grades[:-1]])
                else "注：占比四舍五入，相加可能不等于100%。"
            ),
            "问题": _texts(one.findings),
            "结果": _texts(one.outcome),
        }
        for one in held.rubrics
    ]
    return {
        "文号": "",
        "标题": held.title,
        "说明": held.note.rstrip("。"),
        "主送": ADDRESSEE.replace("学校", held.called),
        "基本情况": _texts(held.basics),
        "细则": rubrics,
        "决定": _texts(held.decided),
        "整改要求": _texts(held.demands),
        "称谓": held.called,
        "附件": list(held.attachments),
        "成绩附件": held.mark(1),
        "问题附件": held.mark(2),
        "名单附件": held.mark(len(held.attachments)),
        "名单标题": held.attachments[-1],
        "决定标题": held.decided_title,
        "成绩表注": list(_notes(held)),
        "署名": Own(held.bureau),
        "日期": held.day,
        "附注": Own(held.contact),
        "抄送": held.copies,
        "成绩表": [
            {
                "标题": table.title,
                "行": [
                    {"名次": row.rank, "学校": row.school, "总分": row.total, "等次": row.grade,
                     "较上轮": row.change, "备注": row.remark}
                    for row in table.rows
                ],
            }
            for table in held.results
        ],
        "问题清单": [
            {
                "标题": table.title,
                "行": [
                    {"编号": row.owner, "指标": row.title, "学校数": row.schools,
                     "受查": row.visited, "占比": row.share, "要求": row.demand}
                    for row in table.rows
                ],
            }
            for table in held.faults
        ],
        "年限注": (
            "注：取消评优评先资格的年限从决定之日起算。"
            if any(row.term != "—" for table in held.lists for row in table.rows) else ""
        ),
        "决定清单": [
            {
                "标题": table.title,
                "行": [
                    {"序号": number, "学校": row.school, "事由": row.matter, "日期": row.day,
                     "年限": row.term}
                    for number, row in enumerate(table.rows, 1)
                ],
            }
            for table in held.lists
        ],
    }  # fmt: skip


def _notes(held: Bulletin) -> Iterator[str]:
    """What the table of results does not say itself, of what stands in it."""
    rows = [row for table in held.results for row in table.rows]
    ranks = [(table.title, row.rank) for table in held.results for row in table.rows]
    said = []
    if len({one for one in ranks if one[1] != "—"}) < sum(rank != "—" for _, rank in ranks):
        said.append("同分并列")
    if any(OPEN_RANK in row.rank or OPEN in row.remark for row in rows):
        said.append("“暂列”“暂定”的，检查情况尚未全部核定，核定后可能变动")
    if any(row.change != "—" for row in rows):
        said.append("“较上轮”是本轮总分与上一轮的差")
    if held.corrected:
        said.append(held.corrected)
    sure: dict[str, dict[str, None]] = {}
    for table in held.results:
        if table.sure:
            sure.setdefault(table.sure, {})[table.rubric] = None
    for told, rubrics in sure.items():
        whose = f"（{'、'.join(rubrics)}）" if len(sure) > 1 else ""
        said.append(f"“{TRUE_RANK}”{whose}{told}，不改变得分和名次")
    if said:
        yield f"注：{'；'.join(said)}。"


def about(subject: Subject, held: Bulletin) -> About:
    """Returns what programs show of the file."""
    day = subject.round.letters.day or subject.round.window.until
    return About(held.title, held.bureau, "通报", day)


def _texts(paragraphs: tuple[Told, ...]) -> list[Value]:
    return [paragraph.text for paragraph in paragraphs]
