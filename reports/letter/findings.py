"""三、存在问题和整改要求: the table of faults, and what waits for evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from inspections.records.record import State
from reports.faults import Fault
from reports.letter import sentences
from reports.letter.days import due
from reports.letter.fact import at_stake, fact_told, held
from reports.letter.findings_summary import summary
from reports.letter.subject import Letter
from reports.type.blocks import Block, Column, Gap, Paragraph, Pictures, Row, Table, heading
from reports.type.paper import SMALL
from rubrics.language.basis import Basis, code_and_clause, is_unnamed

_PICTURE = 110.0
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
        yield from _documents(letter, frozenset())
        return
    # Neither it nor the heading stands at the foot of a page without the head of a table.
    yield Paragraph(summary(letter, standing, waiting), keep=True)
    if standing or remarks:
        yield Table(_columns(letter), tuple(_rows(letter, standing, remarks)), tight=True)
    if waiting:
        if standing or remarks:
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


def _columns(letter: Letter) -> tuple[Column, ...]:
    back = _back(letter)
    return (
        Column("序号", 25.5, "centre"),
        Column("问题事实", 136.5),
        Column(f"{letter.off}分" + (f"、\n{back}" if back else ""), 40, "centre"),
        Column("依据、\n佐证号", 53, "centre"),
        Column("整改要求", 127.5),
        Column("期限", 59, "centre"),
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
        _fact(letter, fault),
        _worth(letter, fault),
        f"{_basis(fault)}\n{_evidence(letter, fault)}".strip(),
        demand,
        due_by,
    )


def _fact(letter: Letter, fault: Fault) -> str:
    told = fact_told(letter, fault, waiting=False)
    return sentences.AGAIN.format(text=told, again=fault.again) if fault.again else told


def _demanded(letter: Letter, fault: Fault) -> tuple[str, str]:
    """What is to be put right, and until when; a number for each of several deadlines."""
    if not fault.counts:
        return sentences.REMARK, "—"
    if fault.put_right:
        return sentences.LASTING, sentences.PUT_RIGHT_DUE
    if fault.trifling:
        return sentences.TRIFLE, "—"
    if not fault.demands:
        return sentences.NO_DEMAND, "随整改报告"
    by_days: dict[int, str] = {}
    for item in fault.demands:
        by_days[item.days] = by_days.get(item.days, "") + item.demand
    if len(by_days) == 1:
        return fault.demand, due(letter.round, *by_days)
    texts = (f"（{n}）{demand}" for n, demand in enumerate(by_days.values(), 1))
    dates = (f"（{n}）{due(letter.round, days)}" for n, days in enumerate(by_days, 1))
    return "".join(texts), "\n".join(dates)


def _worth(letter: Letter, fault: Fault) -> str:
    """What a fault cost, and below it what putting it right gives back.

    What waits for evidence is no part of it, so nothing can be said of a return that has both.
    """
    if fault.untold:
        return "—"
    cost, back = ("+", "−") if letter.demerits else ("−", "+")
    lost = f"{cost}{_lost(letter, fault)}" if fault.proved else "—"
    if not _returned(letter, fault):
        return lost
    return f"{lost}\n{back}{letter.points(fault.returned)}"


def _back(letter: Letter) -> str:
    """How what mending gives back is called; empty where the table says it of no fault."""
    if not any(_returned(letter, fault) for fault in letter.faults):
        return ""
    return "可减少" if letter.demerits else "可恢复"


def _returned(letter: Letter, fault: Fault) -> bool:
    """Whether the table says what putting a fault right gives back."""
    known = fault.returned > 0 and not fault.unproved and not fault.untold
    return known and fault.stands and not letter.ungraded


def _lost(letter: Letter, fault: Fault) -> str:
    """What a fault cost, as printed; what is there and rounds to nothing is told as that."""
    shown = letter.cost(fault)
    return letter.points(shown or min(fault.proved, 1))


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
        stake = at_stake(letter, fault) if held(letter, fault) else letter.open_cost(fault)
        basis = _basis(fault)
        yield (
            str(number),
            fact_told(letter, fault, waiting=True),
            basis,
            letter.points(stake) if stake else "—",
        )


def _legend(letter: Letter) -> Iterator[Block]:
    """What the columns mean, and what the codes stand for, in the order in which they appear."""
    titles: dict[str, str] = {}
    for fault in letter.faults:
        for basis in fault.basis:
            titles.setdefault(basis.code, f"{basis.code}，{basis.marked_title}")
    change = _back(letter)
    back = sentences.LEGEND_RETURN.format(back=change) if change else ""
    text = sentences.LEGEND.format(back=back)
    if titles:
        text += sentences.SHORT_NAMES.format(names="；".join(titles.values()))
    yield Gap(0.2)
    yield Paragraph(text, SMALL)
    yield from _documents(letter, titles.keys())


def _documents(letter: Letter, told: Collection[str]) -> Iterator[Block]:
    """The documents behind what was checked, those apart that are ``told`` already (codes).

    The number of one that nobody has read in the original is not printed.
    """
    documents = letter.rubric.documents
    codes = dict.fromkeys(
        code_and_clause(written)[0]
        for item in letter.of_state(State.CHECKED)
        for written in letter.indicators[item.indicator].basis
    )
    names = []
    for code in codes:
        document = documents.get(code)
        if document is not None and code not in told:
            number = document.number if document.verified else ""
            number = number if number not in document.title else ""
            names.append(str(Basis(code, document.title, number, unnamed=is_unnamed(document))))
    if names:
        said = sentences.OTHER_DOCUMENTS if told else sentences.DOCUMENTS
        yield Paragraph(said.format(names="、".join(names)), SMALL)
