"""What a school says of an item -> a report, and where it is incomplete, why it goes back.

Only what is formally incomplete goes back at once: no date, no proof, no act. Whether what was done
is enough, the bureau decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from inspections.records.rectification import Case, Item, Move, Verb
from inspections.rectification.promises import only_promises
from inspections.rectification.proofs import Proofs
from inspections.rectification.reply_book import GOING_ON
from inspections.row_workbook import RowRead, RowsRead

_NONE: Mapping[str, str] = MappingProxyType({})


def reported(number: int, row: RowRead, read: RowsRead, day: date) -> Move:
    """Returns what a row of a school's workbook says, as of ``day``."""
    said: dict[str, Any] = {name: entry.value for name, entry in row.entries.items()}
    said["result"] = said.get("result", "")
    verb = Verb.PROGRESS if said["result"] == GOING_ON else Verb.REPORT
    return Move(number, verb, day=day, file=read.digest, **said)


def answer(
    case: Case, report: Move, proofs: Proofs, lost: Mapping[str, str] = _NONE
) -> tuple[Move, ...]:
    """Returns the report, and after it that it goes back, with all the reasons.

    ``lost``: by column, why what stands in a cell could not be read.
    """
    reasons = list(dict.fromkeys(incomplete(case.item, report, proofs, lost)))
    if not reasons:
        return (report,)
    back = Move(case.number, Verb.RETURN, day=report.day, file=report.file)
    return report, replace(back, reason="；".join(reasons))


def incomplete(
    item: Item, report: Move, proofs: Proofs, lost: Mapping[str, str] = _NONE
) -> Iterator[str]:
    """Yields what a report lacks, in Chinese; ``lost`` is as in :func:`answer`.

    One that says that the work goes on (正在整改) needs measures and somebody in charge, no more.
    """
    if not report.measures:
        yield lost.get("measures", "没有写整改措施")
    elif only_promises(report.measures, done=report.verb is Verb.REPORT):
        yield "整改措施只有表态，没有写谁、何时、做了什么"
    if not report.person:
        yield lost.get("person", "没有写责任人")
    if report.verb is Verb.PROGRESS:
        return
    if report.progress not in (None, 100):
        yield f"进度只有 {report.progress}%，整改结果不是“{GOING_ON}”"
    if report.done is None:
        yield lost.get("done", "没有完成日期")
    elif item.found and report.done < item.found:
        yield f"完成日期 {report.done} 早于检查日期 {item.found}"
    elif report.day and report.done > report.day:
        yield f"完成日期 {report.done} 还没有到"
    if not report.proof:
        yield lost.get("proof", "没有佐证")
    yield from proofs.amiss(item, report.proof)
