"""What was found at schools that were drawn, as the public list says it: in one of a few words.

No fault is named, no points, no grade, and nothing that people said in confidence; of a school of
which anything is open, or whose letter has not gone out, nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from inspections.ledger.letters import FINAL
from inspections.records.record_list import RecordList, as_list
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from reports.faults.fault import Fault
from reports.faults.found_by_inspectors import done_at_once
from reports.faults.listing import wordless_faults
from reports.letter.numbering import Numbering
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Rubric
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore, Scores
from scoring.results.shown import heads_of

NOTHING: Final = "未发现问题"
ORDERED: Final = "责令改正"
LATER: Final = "发现问题待后续处理"
_WAYS: Final = ("当场改正", "立行立改", "限期整改")


@dataclass(frozen=True, slots=True)
class Found:
    """What one visit came to: the ``result``, and how that is dealt with (处理)."""

    result: str
    handling: str = ""


FoundAt = Mapping[tuple[str, str], Mapping[str, Found]]
"""(school, occasion) -> rubric -> what was found."""


def found_at(opened: OpenRound, scores: Scores, visits: RecordList, letters: Numbering) -> FoundAt:
    """Returns what was found at each visit of which nothing is open any more.

    ``scores``: of the ``visits`` (records) of all occasions; ``letters``: final ones, as they are
    numbered.
    """
    by_occasion: dict[str, Scores] = {}
    met: dict[tuple[str, str], dict[str, Found]] = {}
    for rubric_scores in scores.rubrics.values():
        rubric = rubric_scores.rubric
        secret = _secret(rubric)
        for whole in rubric_scores.schools:
            school = whole.school.id
            if not _settled(opened, rubric, whole, letters):
                continue
            occasions = dict.fromkeys(head.key.occasion for head in heads_of(whole.visits))
            for occasion in occasions:
                one = whole
                if len(occasions) > 1:
                    # Together they say what was found at any of them.
                    if occasion not in by_occasion:
                        by_occasion[occasion] = _of_occasion(opened, visits, occasion)
                    own = by_occasion[occasion].rubrics[rubric.id].schools
                    one = next(it for it in own if it.school.id == school)
                found = met.setdefault((school, occasion), {})
                found[rubric.id] = _found(opened, rubric, one, secret)
    return met


def together(found: Mapping[str, Found], rubrics: tuple[str, ...]) -> Found | None:
    """Returns what a visit under several ``rubrics`` came to; None until all are known.

    >>> together({"a": Found("未发现问题"), "b": Found("责令改正", "限期整改")}, ("a", "b"))
    Found(result='责令改正', handling='限期整改')
    """
    if not all(name in found for name in rubrics):
        return None
    own = [found[name] for name in rubrics]
    results = {it.result for it in own}
    result = next(it for it in (ORDERED, LATER, NOTHING) if it in results)
    return Found(result, _in_order({way for it in own for way in it.handling.split("、")}))


def _settled(opened: OpenRound, rubric: Rubric, one: SchoolScore, letters: Numbering) -> bool:
    """Whether a result is final: its letter has gone out with a number, where the round has them,
    and nothing waits for evidence, a decision, or an answer.
    """
    open_points = one.pending or one.disputed or one.owed or one.unsifted or one.red_lines_pending
    if one.status != "complete" or open_points:
        return False
    if letters.hearing(rubric.id, one.school.id).open(opened.round):
        return False
    return not letters.scheme or (FINAL, rubric.id, one.school.id) in letters.latest


def _of_occasion(opened: OpenRound, visits: RecordList, occasion: str) -> Scores:
    own = as_list([one for one in visits if one.key.occasion == occasion])
    return score_round(opened.round, opened.rubrics, opened.roster, opened.plan, own)[0]


def _secret(rubric: Rubric) -> frozenset[str]:
    """What nobody outside may know a school to have failed in."""
    lines = {it.id for it in rubric.red_lines if it.id and confidential(it)}
    items = {it.id for it in rubric.indicators if confidential(it)}
    return frozenset(lines | items | {it.id for it in rubric.extras if confidential(it)})


def _found(opened: OpenRound, rubric: Rubric, one: SchoolScore, secret: frozenset[str]) -> Found:
    told = list(_told(opened, rubric, one, secret))
    if not told:
        return Found(NOTHING)
    ways = _in_order({_way(one, it) for it in told})
    return Found(ORDERED if ways else LATER, ways)


def _in_order(ways: Collection[str]) -> str:
    return "、".join(it for it in _WAYS if it in ways)


def _told(
    opened: OpenRound, rubric: Rubric, one: SchoolScore, secret: frozenset[str]
) -> Iterator[Fault]:
    for fault in wordless_faults(rubric, one, elapsed_periods(opened.round)):
        if fault.stands and not (fault.trifling or fault.untold or fault.owner in secret):
            yield fault


def _way(one: SchoolScore, fault: Fault) -> str:
    """How a fault is dealt with; empty where nothing was asked for yet."""
    if done_at_once(one, fault.owner)[1]:
        return _WAYS[0]
    if not fault.demands:
        return ""
    return _WAYS[2] if any(it.days != 0 for it in fault.demands) else _WAYS[1]
