"""What audits ask for beside all others: how much money, how many rules, how many persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from inspections.rectification.opening import AUDIT
from inspections.rectification.states import FINISHED, Standing, State

HEADINGS: Final = (
    *("审计问题", "已整改", "部分整改", "未整改"),
    *("涉及金额\n（元）", "建立制度\n（项）", "处理人数"),
)
"""Of the table of all audits."""


@dataclass(frozen=True, slots=True)
class Audits:
    """Items from audits. ``total`` is ``done`` with ``partly`` and ``not_yet``.

    ``partly``: the school has reported something. ``amount`` in yuan. ``untold``: of how many
    nobody said an amount.
    """

    total: int
    done: int
    partly: int
    not_yet: int
    amount: int
    rules: int
    handled: int
    untold: int

    @property
    def row(self) -> Sequence[int]:
        """The figures below the headings."""
        counts = (self.total, self.done, self.partly, self.not_yet)
        return (*counts, self.amount, self.rules, self.handled)


def from_audits(stands: Iterable[Standing]) -> list[Standing]:
    """Returns the items that audits found; those that were withdrawn are none."""
    return [one for one in stands if one.item.source == AUDIT and one.state is not State.WITHDRAWN]


def audits(stands: Iterable[Standing]) -> Audits:
    """Returns what the items from audits among ``stands`` come to."""
    own = from_audits(stands)
    done = sum(one.state in FINISHED for one in own)
    partly = sum(one.state not in FINISHED and one.report is not None for one in own)
    reports = [one.report for one in own if one.report is not None]
    return Audits(
        len(own),
        done,
        partly,
        len(own) - done - partly,
        sum(one.item.amount or 0 for one in own),
        sum(report.rules or 0 for report in reports),
        sum(report.handled or 0 for report in reports),
        sum(one.item.amount is None for one in own),
    )
