"""三、存在问题和整改要求: the table of faults, and what waits for evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.faults import PENALTY, Fault
from reports.letter.days import due
from reports.letter.subject import Letter, points
from reports.type.blocks import Block, Column, Gap, Paragraph, Pictures, Row, Table, heading
from reports.type.paper import SMALL
from rubrics.language.rubric import Extra, Indicator
from rubrics.messages.plain_text import one_line

_PICTURE = 110.0
_WAITING = (
    Column("序号", 25.5, "centre"),
    Column("待核事项", 192),
    Column("依据", 60, "centre"),
    Column("须补充的佐证材料", 135),
)


def findings(letter: Letter) -> Iterator[Block]:
    """Yields the heading, the tables that are needed, and what their short names mean."""
    yield heading("三、存在问题和整改要求")
    standing = [fault for fault in letter.faults if fault.stands]
    waiting = [fault for fault in letter.faults if fault.pending]
    remarks = [fault for fault in letter.faults if not fault.counts]
    if not letter.faults:
        yield Paragraph(f"本次检查没有发现{letter.off}分的问题。")
        return
    yield Paragraph(_summary(letter, standing, waiting))
    if standing or remarks:
        yield Table(_columns(letter), tuple(_rows(letter, standing, remarks)), tight=True)
    if waiting:
        yield Gap(0.3)
        rows = tuple(_waiting_rows(letter, waiting))
        yield Table((*_WAITING, Column(f"暂{letter.off}", 29, "centre")), rows, tight=True)
    yield from _legend(letter)
    shown = tuple(letter.photographs.values())
    if shown:
        yield Gap(0.5)
        yield Pictures(shown, across=len(shown), height=_PICTURE)


def _summary(letter: Letter, standing: list[Fault], waiting: list[Fault]) -> str:
    """How many rows each table has, and their points, as the sums of the dimensions have them."""
    texts = [_standing(letter, standing)]
    if waiting:
        held = _sums(letter, "暂", [(fault, fault.unproved) for fault in waiting])
        texts.append(f"待核{len(waiting)}项，{held or f'暂不{letter.off}分'}，须补充材料后核定")
    if not standing and len(letter.faults) > len(waiting):
        texts.append("下列事项请注意改进")
    return f"{'；'.join(texts)}。"


def _standing(letter: Letter, standing: list[Fault]) -> str:
    if not standing:
        cost = any(fault.unproved for fault in letter.faults)
        return "没有已查实的问题" if cost else f"没有{letter.off}分的问题"
    lost = _sums(letter, "", [(fault, fault.proved) for fault in standing])
    red = sum(bool(fault.red_lines) for fault in standing)
    key = sum(fault.key for fault in standing)
    marked = "、".join(
        text for text, there in ((f"红线{red}项", red), (f"关键项{key}项", key)) if there
    )
    which = f"其中{marked}" if marked else ""
    return "，".join(part for part in (f"共有{len(standing)}项问题", lost, which) if part)


def _sums(letter: Letter, how: str, costs: list[tuple[Fault, int]]) -> str:
    """The points of some rows; penalties apart, for they are no part of the rubric's points."""
    texts = []
    for name, held in (
        ("", [cost for fault, cost in costs if cost and fault.dimension != PENALTY]),
        ("附加", [cost for fault, cost in costs if cost and fault.dimension == PENALTY]),
    ):
        if held:
            count = f"{len(held)}项" if len(held) < len(costs) else ""
            text = f"{count}{how}{name}{letter.off}{points(sum(held))}分"
            over = name and sum(held) > letter.score.penalty
            texts.append(f"{text}（按上限计{points(letter.score.penalty)}分）" if over else text)
    return "、".join(texts)


def _columns(letter: Letter) -> tuple[Column, ...]:
    back = "可减少" if letter.demerits else "可恢复"
    return (
        Column("序号", 25.5, "centre"),
        Column("问题事实", 148),
        Column(f"{letter.off}分、\n{back}", 44, "centre"),
        Column("依据、\n佐证号", 53, "centre"),
        Column("整改要求", 118.5),
        Column("期限", 52.5, "centre"),
    )


def _rows(letter: Letter, standing: list[Fault], remarks: list[Fault]) -> Iterator[Row]:
    number = 0
    for name, group in (
        ("红线（一票否决）", [f for f in standing if f.red_lines]),
        ("关键项", [f for f in standing if f.key and not f.red_lines]),
        ("其他问题", [f for f in standing if not f.key and not f.red_lines]),
        (f"不{letter.off}分的提示", remarks),
    ):
        if group and (len(group) < len(standing) + len(remarks) or name != "其他问题"):
            yield _across(name)
        for fault in group:
            number += 1
            yield _row(letter, fault, number)


def _across(text: str) -> Row:
    return (text, None, None, None, None, None)


def _row(letter: Letter, fault: Fault, number: int) -> Row:
    demand = fault.demand if fault.counts else ""
    days = None if not fault.counts else fault.days
    return (
        str(number),
        _fact(letter, fault, waiting=False),
        _worth(letter, fault),
        f"{_basis(fault)}\n{_evidence(letter, fault)}".strip(),
        demand or ("请逐条改正。" if fault.counts else "请注意改进。"),
        due(letter.round, days) if days is not None else "随整改报告" if fault.counts else "—",
    )


def _worth(letter: Letter, fault: Fault) -> str:
    """What a fault cost, and below it what putting it right gives back.

    What waits for evidence is no part of it, so nothing can be said of a return that has both.
    """
    item = letter.scored.get(fault.owner)
    if item is not None and item.band:
        return "—"
    cost, back = ("+", "−") if letter.demerits else ("−", "+")
    lost = f"{cost}{points(fault.proved)}" if fault.proved else "—"
    known = fault.returned > 0 and not fault.unproved
    return f"{lost}\n{back}{points(fault.returned)}" if known else lost


def _fact(letter: Letter, fault: Fault, *, waiting: bool) -> str:
    """What is wrong, in which item, and where it was measured what the standard says."""
    text = letter.label(fault.owner) if fault.owner in letter.scored else fault.title
    # Red lines and key items stand under heads of their own.
    if fault.red_lines_pending and (waiting or not fault.pending):
        text = f"【红线待核】{text}"
    elif fault.pending and fault.stands:
        text = f"【{'部分' if fault.proved else ''}待核】{text}"
    for hit in () if waiting else fault.red_lines:
        if hit.title not in text:
            text += f"：触碰红线“{hit.title}”"
    found = _found(letter, fault, waiting)
    return f"{text}：{found}。" if found else f"{text}。"


def _found(letter: Letter, fault: Fault, waiting: bool) -> str:
    item = letter.scored.get(fault.owner)
    if letter.confidential(fault.owner):
        if item is None:
            return ""
        if item.band:
            return f"参加测评的人少，不列分数，得分{item.band}"
        most = "最多计" if letter.demerits else "满分"
        return f"按汇总结果，{most}{points(item.points)}分，计{points(item.earned)}分"
    text = _bare(fault.open_fact if waiting else fault.fact)
    if item is None or not _rests_on(letter, fault.owner, "figures", "reading"):
        return text
    reason = _bare(fault.open_measured if waiting else fault.measured)
    # An inspector who wrote a figure has said what was counted.
    if reason and reason != text and not re.search(r"\d", text):
        text = f"{text}。计分：{reason}" if text else reason
    if fault.threshold and _rests_on(letter, fault.owner, "reading"):
        return f"{text}。标准：{_bare(fault.threshold)}"
    return text


def _bare(text: str) -> str:
    """One line without the final stop."""
    return one_line(text).rstrip("。；;")


def _rests_on(letter: Letter, owner: str, *grounds: str) -> bool:
    """Whether what an indicator's rule, or a part of it, takes off rests on one of these."""
    item = letter.indicators[owner]
    return any(part.rule.rests_on in grounds for part in item.rule.simple_parts(item.points))


def _basis(fault: Fault) -> str:
    """The documents by their short names, clauses of one document together."""
    clauses: dict[str, list[str]] = {}
    for basis in fault.basis:
        clauses.setdefault(basis.code, []).append(basis.clause)
    apart = "\n" if any(basis.clause for basis in fault.basis) else "；"
    return apart.join(f"{code}{'、'.join(held)}" for code, held in clauses.items()) or "—"


def _evidence(letter: Letter, fault: Fault) -> str:
    """The numbers of what proves it; nothing of what people said in confidence."""
    if letter.confidential(fault.owner) or not fault.evidence:
        return ""
    return f"佐证{'、'.join(str(item.number) for item in fault.evidence)}"


def _waiting_rows(letter: Letter, waiting: Iterable[Fault]) -> Iterator[Row]:
    for number, fault in enumerate(waiting, 1):
        wanted = _material(letter, fault.owner) or "能够证明实际情况的材料"
        if letter.confidential(fault.owner):
            wanted = f"由检查组核定，{letter.you}不需提交"
        yield (
            str(number),
            _fact(letter, fault, waiting=True),
            _basis(fault),
            wanted,
            points(fault.unproved) if fault.unproved else "—",
        )


def _material(letter: Letter, owner: str) -> str:
    held: list[Indicator | Extra] = [*letter.rubric.indicators, *letter.rubric.extras]
    return next((item.material for item in held if item.id == owner), "")


def _legend(letter: Letter) -> Iterator[Block]:
    """What the columns mean, and what the codes stand for, in the order in which they appear."""
    titles: dict[str, str] = {}
    for fault in letter.faults:
        for basis in fault.basis:
            titles.setdefault(basis.code, f"{basis.code}，{basis.marked_title}")
    change = "可减少" if letter.demerits else "可恢复"
    text = f"注：{change}的是该项改好后总分的变动，以复查结果为准；佐证号是检查组留存材料的编号。"
    if titles:
        text += f"依据简称：{'；'.join(titles.values())}。"
    yield Gap(0.2)
    yield Paragraph(text, SMALL)
