"""What is told of the fact of a fault: which item, what was found, what the standard says."""

from __future__ import annotations

import re

from reports.faults import Fault
from reports.faults.grounds import says_all
from reports.letter import sentences
from reports.letter.subject import Letter
from rubrics.language.worth import by_points_alone
from rubrics.messages.plain_text import one_line
from rubrics.values.points import round_units
from scoring.results.ballots import BESIDE, WAITING
from scoring.results.disputed import DIFFER, UNSETTLED

_SHORT = 40
"""Characters below a photograph."""


def fact_told(letter: Letter, fault: Fault, *, waiting: bool) -> str:
    """Returns what is wrong, in which item, and where it was measured what the standard says."""
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
    text = f"{text}：{found}。" if found else f"{text}。"
    if waiting or not fault.at_once or letter.confidential(fault.owner):
        return text
    said = sentences.PUT_RIGHT if fault.put_right else sentences.DONE_AT_ONCE
    return said.format(text=text, acts=_bare(fault.at_once))


def _found(letter: Letter, fault: Fault, waiting: bool) -> str:
    item = letter.scored.get(fault.owner)
    if letter.confidential(fault.owner):
        if item is None:
            return ""
        if waiting and fault.unsettled:
            return f"{DIFFER}，{UNSETTLED}"
        if item.band == BESIDE:
            return sentences.BESIDE
        if item.band == WAITING:
            return sentences.FEW_WAITING
        if item.band:
            return sentences.FEW_BALLOTS.format(band=item.band)
        most = "最多计" if letter.demerits else "满分"
        stake = fault.at_stake if waiting and held(letter, fault) else 0
        lost = _own_cost(letter, fault) + round_units(stake, letter.rubric.places)
        earned = lost if letter.demerits else item.points - lost
        told = {"points": letter.points(item.points), "earned": letter.points(earned)}
        said = sentences.BY_BALLOT_WAITING if stake else sentences.BY_BALLOT
        return said.format(most=most, **told)
    text = _bare(fault.open_fact if waiting else fault.fact)
    if waiting and not (text or fault.untold or fault.at_stake):
        return sentences.ONLY_EVIDENCE.format(off=letter.off)
    if fault.untold:
        return text or sentences.BESIDE
    reason = _bare(fault.open_measured if waiting else fault.measured)
    if fault.settled and reason:
        # What the bureau measured is the fact, whatever an inspector had counted.
        said = sentences.SETTLED if text in ("", reason) else sentences.SETTLED_SO
        return said.format(fact=text, found=reason)
    if item is None:
        return text
    if reason and reason != text and not says_all(text, fault.grounds):
        text = sentences.SCORED_SO.format(fact=text, reason=reason) if text else reason
    if text and fault.threshold and _rests_on(letter, fault.owner, "reading"):
        return sentences.STANDARD.format(fact=text, threshold=_bare(fault.threshold))
    return text


def fact_in_short(letter: Letter, fault: Fault) -> str:
    """Returns what was found, for below a photograph: the fact, never the requirement."""
    text = _bare(fault.fact or fault.open_fact)
    first = re.split("[。；]", text, maxsplit=1)[0]
    return first if len(first) <= _SHORT else f"{first[: _SHORT - 1]}…"


def held(letter: Letter, fault: Fault) -> bool:
    """Whether what hangs on it has not been taken off by now."""
    return letter.rubric.pending == "full" or fault.unsettled


def at_stake(letter: Letter, fault: Fault) -> int:
    """The units that hang on it, as printed: weighed, as they count in the total."""
    return letter.printed.at_stake.get(fault.owner, 0)


def _own_cost(letter: Letter, fault: Fault) -> int:
    """The units of its indicator's own points that it cost, whatever they count in the total."""
    if by_points_alone(letter.rubric):
        return letter.cost(fault) + letter.open_cost(fault)
    return round_units(fault.points, letter.rubric.places)


def _bare(text: str) -> str:
    """One line without the final stop."""
    return one_line(text).rstrip("。；;")


def _rests_on(letter: Letter, owner: str, *grounds: str) -> bool:
    """Whether what an indicator's rule, or a part of it, takes off rests on one of these."""
    item = letter.indicators[owner]
    return any(part.rule.rests_on in grounds for part in item.rule.simple_parts(item.points))
