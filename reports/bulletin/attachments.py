"""附件1 成绩表, 附件2 问题清单: rows of texts, as the template prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.bulletin.outcome import why_ungraded
from reports.bulletin.subject import Part
from reports.bulletin.wording import name, share
from reports.ranking.groups import groups
from rubrics.messages.plain_text import one_line
from scoring.results.certainty import Certainty
from scoring.results.published import between, total_text
from scoring.results.scores import SchoolScore

OPEN, OPEN_RANK, TRUE_RANK = "尚未核定，暂定", "（暂列）", "真实名次"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A school in the table of its group."""

    rank: str
    school: str
    total: str
    grade: str
    change: str
    remark: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The table of a group under a rubric; ``sure``: how sure the true ranks in it are, in
    words, empty where there are none.
    """

    title: str
    rows: tuple[ResultRow, ...]
    rubric: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class FaultTable:
    """The list of a rubric."""

    title: str
    rows: tuple[FaultRow, ...]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A kind of fault in the list."""

    owner: str
    title: str
    schools: int
    visited: int
    share: str
    demand: str


def result_tables(part: Part) -> Iterator[ResultTable]:
    """Yields the tables of the groups in which somebody was visited or should have been."""
    for group in groups(part.held):
        if group.schools:
            rows = tuple(_row(part, school) for school in group.schools)
            sure = part.certainty
            told = _sure(sure) if sure and group.sure_of(sure) else ""
            yield ResultTable(f"{part.name}　{group.name}", rows, part.name, told)


def _sure(certainty: Certainty) -> str:
    caveat = f"（{certainty.caveat}）" if certainty.caveat else ""
    return f"{certainty.by}，有{certainty.level}把握在所列范围{caveat}"


def fault_table(part: Part) -> FaultTable:
    """Returns all kinds of faults of a rubric that are published, the commonest first."""
    return FaultTable(part.name, tuple(_fault_rows(part)))


def _fault_rows(part: Part) -> Iterator[FaultRow]:
    for item in part.faults:
        count = len(item.cases)
        rate = share(count, item.visited) if item.visited else "—"
        demand = one_line(item.demand)
        yield FaultRow(item.owner, item.title, count, item.visited, rate, demand)


def _row(part: Part, school: SchoolScore) -> ResultRow:
    rank = "—" if school.rank is None or school.alone else str(school.rank)
    if rank != "—" and school.place_provisional:
        rank += OPEN_RANK
    total = "—" if school.total is None else total_text(part.rubric, school.total)
    return ResultRow(
        rank, name(school), total, school.grade or "—", _change(part, school), _remark(part, school)
    )


def _change(part: Part, school: SchoolScore) -> str:
    held = (part.previous or {}).get((school.school.id, part.rubric.id))
    apart = between(part.rubric, school.total, held.total) if held else None
    if apart is None:
        return "—"
    text = total_text(part.rubric, abs(apart.apart))
    return f"＋{text}" if apart.apart > 0 else f"－{text}" if apart.apart < 0 else "持平"


def _remark(part: Part, school: SchoolScore) -> str:
    said = []
    if school.status == "not_visited":
        return "应查未查"
    if school.red_lines:
        said.append(f"触碰红线{len(school.red_lines)}条")
    if years := part.award_lost.get(school.school.id):
        said.append(f"取消评优评先资格{years}年")
    elif not school.award_eligible:
        said.append("拟取消评优评先资格")
    if school.provisional:
        said.append(OPEN)
    if part.certainty and (held := part.certainty.places.get(school.school.id)):
        said.append(f"{TRUE_RANK}{held.span}")
    if not school.grade or school.grade == part.rubric.ungraded:
        said.append(why_ungraded(school))
    return "；".join(one for one in said if one)
