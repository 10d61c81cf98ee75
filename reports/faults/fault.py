"""One fault of a school: what was found, what it cost, and what is to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from inspections.records.record import Proof
from rubrics.language.basis import Basis
from rubrics.rules import Rectify
from scoring.results.published import trifling
from scoring.results.scores import RedLineHit

PENALTY = "附加扣分"
"""Where penalties stand among the dimensions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a fault: its name, and its number among the faults of the school.

    ``proof``: the file; None for a record on paper.
    """

    number: int
    name: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. Points are units of 1/10000.

    ``owner``: the indicator's id, or that of a red line of its own or of a penalty. ``fact``: what
    the inspectors wrote, each sentence once, or else ``measured``: how points were lost by the
    entries; neither names an inspector. ``points``: lost; ``returned``: what putting it right
    gives back to the published total. ``demands``: what is to be put right, each of what was found
    and nothing beyond it; none for a trifle. ``at_stake``: units that hang on evidence that the
    inspectors still owe, or, where ``unsettled``, on facts on which they do not agree.
    ``grounds``: the figures and levels that were entered and cost points, as ``measured`` has them.
    ``pending``: 待核, of all records or of some. What they say stands in ``open_fact`` and
    ``open_measured``, and ``unproved`` of the points count only until the evidence comes.
    ``untold``: what is told in place of its points, which stay in the bureau. ``settled``: the
    bureau has decided on what was measured; what inspectors wrote who had entered something else
    is no fact then.
    ``red_lines``: those that it crossed; ``red_lines_pending``: those that it crosses if the
    evidence comes (红线待核). ``at_once``: what was done about it on the spot, as the inspectors
    wrote; ``put_right``: all who found it say that it was put right there. Its points stay lost.
    ``again``: that it was found in a round before, where, and what that costs; empty where it was
    not.
    """

    owner: str
    title: str
    dimension: str
    fact: str
    points: int = 0
    returned: int = 0
    unproved: int = 0
    measured: str = ""
    open_fact: str = ""
    open_measured: str = ""
    grounds: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    threshold: str = ""
    evidence: tuple[Evidence, ...] = ()
    demands: tuple[Rectify, ...] = ()
    at_stake: int = 0
    unsettled: bool = False
    settled: bool = False
    untold: str = ""
    pending: bool = False
    key: bool = False
    red_lines: tuple[RedLineHit, ...] = ()
    red_lines_pending: tuple[RedLineHit, ...] = ()
    at_once: str = ""
    put_right: bool = False
    again: str = ""

    @property
    def counts(self) -> bool:
        """Whether it cost anything or may yet; otherwise it is a remark without a deduction."""
        return bool(
            self.points or self.pending or self.key or self.red_lines or self.red_lines_pending
        )

    @property
    def demand(self) -> str:
        """All demands in one text."""
        return "".join(item.demand for item in self.demands)

    @property
    def days(self) -> int | None:
        """The shortest deadline: 0 is 立行立改, None: the rubric sets none."""
        return min((item.days for item in self.demands), default=None)

    @property
    def trifling(self) -> bool:
        """Whether it is too little for a demand of its own."""
        light = not (self.key or self.red_lines or self.untold)
        return self.points > 0 and trifling(self.points) and light

    @property
    def proved(self) -> int:
        """The units lost that stand, whatever evidence may come."""
        return self.points - self.unproved

    @property
    def stands(self) -> bool:
        """Whether something is to be put right, and does not only wait for evidence."""
        return self.counts and bool(not self.pending or self.proved or self.key or self.red_lines)
