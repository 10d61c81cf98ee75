"""三、存在问题和整改要求: the table of faults, and what waits for evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inspections.records.record import State
from reports.faults import PENALTY, Fault
from reports.letter import sentences
from reports.letter.days import due
from reports.letter.open_points import stake_of
from reports.letter.subject import Letter
from reports.type.blocks import Block, Column, Gap, Paragraph, Pictures, Row, Table, heading
from reports.type.paper import SMALL
from rubrics.messages.plain_text import one_line
from rubrics.values.points import round_units
from scoring.results.ballots import BESIDE
from scoring.results.disputed import DIFFER, UNSETTLED

_PICTURE = 110.0
_SHORT = 40
"""Characters below a photograph."""
_WAITING = (
    Column("序号", 25.5, "centre"),
    Column("待核事项", 280),
    Column("依据", 75, "centre"),
)


def findings(letter: Letter) -> Iterator[Block]:
    """Yields the heading, the tables that are needed, and what their short names mean."""
    yield heading("三、存在问题和整改要求")
    standing = [fault for fault in letter.faults if fault.stands]
    waiting = [fault for fault in letter.faults if fault.pending]
    remarks = [fault for fault in letter.faults if not fault.counts]
    if not letter.faults:
        partly = letter.of_state(State.UNCHECKED)
        text = sentences.NO_FAULTS_PARTLY if partly else sentences.NO_FAULTS
        if any(item.band for item in letter.score.indicators):
            text = sentences.BUT_UNTOLD.format(text=text)
        yield Paragraph(text.format(off=letter.off))
        return
    yield Paragraph(_summary(letter, standing, waiting))
    if standing or remarks:
        yield Table(_columns(letter), tuple(_rows(letter, standing, remarks)), tight=True)
    if waiting:
        yield Gap(0.3)
        rows = tuple(_waiting_rows(letter, waiting))
        held = letter.rubric.pending == "full"
        head = "涉及分值" if held else f"暂{letter.off}分"
        yield Table((*_WAITING, Column(head, 61, "centre")), rows, tight=True)
    yield from _legend(letter)
    shown = tuple(letter.photographs.values())
    if shown:
        yield Gap(0.5)
        yield Pictures(shown, across=len(shown), height=_PICTURE)


def _summary(letter: Letter, standing: list[Fault], waiting: list[Fault]) -> str:
    """How many rows each table has, and their points, as the sums of the dimensions have them."""
    texts = [_standing(letter, standing)]
    if waiting:
        held = _sums(letter, "暂", [(fault, letter.open_cost(fault)) for fault in waiting])
        text = sentences.WAITING.format(
            count=len(waiting),
            stake=stake_of(letter, waiting),
            held=held or sentences.WAITING_FREE.format(off=letter.off),
            what_is_owed=sentences.WAITING_FOR[
                not all(fault.unsettled for fault in waiting),
                any(fault.unsettled for fault in waiting),
            ],
        )
        texts.append(text)
    if not standing and len(letter.faults) > len(waiting):
        texts.append(sentences.ONLY_REMARKS)
    return f"{'；'.join(texts)}。"


def _standing(letter: Letter, standing: list[Fault]) -> str:
    if not standing:
        cost = any(fault.unproved for fault in letter.faults)
        return sentences.NONE_PROVED if cost else sentences.NONE_COSTS.format(off=letter.off)
    lost = _sums(letter, "", [(fault, letter.cost(fault)) for fault in standing])
    red = sum(bool(fault.red_lines) for fault in standing)
    key = sum(fault.key for fault in standing)
    marked = "、".join(
        text for text, there in ((f"红线{red}项", red), (f"关键项{key}项", key)) if there
    )
    which = sentences.FAULTS_MARKED.format(marked=marked) if marked else ""
    count = sentences.FAULTS.format(count=len(standing))
    return "，".join(part for part in (count, lost, which) if part)


def _sums(letter: Letter, how: str, costs: list[tuple[Fault, int]]) -> str:
    """The points of some rows; penalties apart, for they are no part of the rubric's points."""
    texts = []
    for name, held in (
        ("", [cost for fault, cost in costs if cost and fault.dimension != PENALTY]),
        ("附加", [cost for fault, cost in costs if cost and fault.dimension == PENALTY]),
    ):
        if held:
            count = f"{len(held)}项" if len(held) < len(costs) else ""
            text = f"{count}{how}{name}{letter.off}{letter.points(sum(held))}分"
            over = name and sum(held) > round_units(letter.score.penalty, letter.rubric.places)
            cap = f"（按上限计{letter.points(letter.score.penalty)}分）"
            texts.append(text + cap if over else text)
    return "、".join(texts)


def _columns(letter: Letter) -> tuple[Column, ...]:
    back = "可减少" if letter.demerits else "可恢复"
    return (
        Column("序号", 25.5, "centre"),
        Column("问题事实", 148),
        Column(f"{letter.off}分" + ("" if letter.ungraded else f"、\n{back}"), 44, "centre"),
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
    demand, due_by = _demanded(letter, fault)
    return (
        str(number),
        _fact(letter, fault, waiting=False),
        _worth(letter, fault),
        f"{_basis(fault)}\n{_evidence(letter, fault)}".strip(),
        demand,
        due_by,
    )


def _demanded(letter: Letter, fault: Fault) -> tuple[str, str]:
    """What is to be put right, and until when; numbers tell several deadlines apart."""
    if not fault.counts:
        return sentences.REMARK, "—"
    if fault.trifling:
        return sentences.TRIFLE, "—"
    if not fault.demands:
        return sentences.NO_DEMAND, "随整改报告"
    days = list(dict.fromkeys(item.days for item in fault.demands))
    if len(days) == 1:
        return fault.demand, due(letter.round, days[0])
    texts = (f"（{n}）{item.demand}" for n, item in enumerate(fault.demands, 1))
    by_days = (f"（{n}）{due(letter.round, item.days)}" for n, item in enumerate(fault.demands, 1))
    return "".join(texts), "\n".join(by_days)


def _worth(letter: Letter, fault: Fault) -> str:
    """What a fault cost, and below it what putting it right gives back.

    What waits for evidence is no part of it, so nothing can be said of a return that has both.
    """
    if fault.untold:
        return "—"
    cost, back = ("+", "−") if letter.demerits else ("−", "+")
    lost = f"{cost}{_lost(letter, fault)}" if fault.proved else "—"
    known = fault.returned > 0 and not fault.unproved and not letter.ungraded
    return f"{lost}\n{back}{letter.points(fault.returned)}" if known else lost


def _lost(letter: Letter, fault: Fault) -> str:
    """What a fault cost, as printed; what is there and rounds to nothing is told as that."""
    shown = letter.cost(fault)
    return letter.points(shown or min(fault.proved, 1))


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
            text = sentences.TOUCHED.format(text=text, title=hit.title)
    found = _found(letter, fault, waiting)
    return f"{text}：{found}。" if found else f"{text}。"


def _found(letter: Letter, fault: Fault, waiting: bool) -> str:
    item = letter.scored.get(fault.owner)
    if letter.confidential(fault.owner):
        if item is None:
            return ""
        if waiting and fault.unsettled:
            return f"{DIFFER}，{UNSETTLED}"
        if item.band == BESIDE:
            return sentences.BESIDE
        if item.band:
            return sentences.FEW_BALLOTS.format(band=item.band)
        most = "最多计" if letter.demerits else "满分"
        lost = letter.cost(fault) + letter.open_cost(fault)
        earned = lost if letter.demerits else item.points - lost
        told = {"points": letter.points(item.points), "earned": letter.points(earned)}
        return sentences.BY_BALLOT.format(most=most, **told)
    text = _bare(fault.open_fact if waiting else fault.fact)
    if fault.untold:
        return text or sentences.BESIDE
    reason = _bare(fault.open_measured if waiting else fault.measured)
    if fault.settled and reason:
        # What the bureau measured is the fact, whatever an inspector had counted.
        said = sentences.SETTLED if text in ("", reason) else sentences.SETTLED_SO
        return said.format(fact=text, found=reason)
    if item is None or not _rests_on(letter, fault.owner, "figures", "reading"):
        return text
    # An inspector who wrote a figure has said what was counted.
    if reason and reason != text and not re.search(r"\d", text):
        text = sentences.SCORED_SO.format(fact=text, reason=reason) if text else reason
    if text and fault.threshold and _rests_on(letter, fault.owner, "reading"):
        return sentences.STANDARD.format(fact=text, threshold=_bare(fault.threshold))
    return text


def fact_in_short(letter: Letter, fault: Fault) -> str:
    """Returns what was found, for below a photograph: the fact, never the requirement."""
    text = _bare(fault.fact or fault.open_fact)
    first = re.split("[。；]", text, maxsplit=1)[0]
    return first if len(first) <= _SHORT else f"{first[: _SHORT - 1]}…"


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
        full = letter.rubric.pending == "full" or fault.unsettled
        stake = fault.at_stake if full else letter.open_cost(fault)
        basis = _basis(fault)
        yield (
            str(number),
            _fact(letter, fault, waiting=True),
            basis,
            letter.points(stake) if stake else "—",
        )


def _legend(letter: Letter) -> Iterator[Block]:
    """What the columns mean, and what the codes stand for, in the order in which they appear."""
    titles: dict[str, str] = {}
    for fault in letter.faults:
        for basis in fault.basis:
            titles.setdefault(basis.code, f"{basis.code}，{basis.marked_title}")
    change = "可减少" if letter.demerits else "可恢复"
    back = "" if letter.ungraded else sentences.LEGEND_RETURN.format(back=change)
    text = sentences.LEGEND.format(back=back)
    if titles:
        text += sentences.SHORT_NAMES.format(names="；".join(titles.values()))
    yield Gap(0.2)
    yield Paragraph(text, SMALL)
