"""What is open in a letter's result: not checked, waiting for evidence, or for the bureau."""

from __future__ import annotations

from inspections.records.record import State
from reports.faults import Fault
from reports.letter import sentences
from reports.letter.fact import at_stake
from reports.letter.left_out import listed, points_of
from reports.letter.subject import Letter
from rubrics.rules import KINDS
from scoring.results.one_entry import VOID


def disputed(letter: Letter) -> str:
    """Returns that records of one inspector differ: neither is passed over in silence."""
    if not letter.disputed:
        return ""
    return sentences.DISPUTED.format(count=letter.disputed, paper=letter.paper)


def owed(letter: Letter) -> str:
    """Returns that sheets of the visit have not come; whose they are stays in the bureau."""
    if not letter.score.owed:
        return ""
    return sentences.OWED.format(count=len(letter.score.owed), what=_what(letter))


def _what(letter: Letter) -> str:
    """What is provisional of this letter."""
    if letter.ungraded:
        return "得分和评价"
    ranked = letter.score.rank is not None and letter.round.ranking.publish
    return "得分、等次和名次" if ranked and not letter.score.alone else "得分和等次"


def unchecked(letter: Letter) -> str:
    """Returns what was seen and what was not; empty where all was."""
    items, seen = letter.of_state(State.UNCHECKED), letter.of_state(State.CHECKED)
    if not items:
        return ""
    # What an inspector typed as the reason is for the bureau; what scoring found is told.
    names = listed(letter, items, {VOID, *(kind.excuse for kind in KINDS.values() if kind.excuse)})
    return sentences.UNCHECKED.format(
        seen=len(seen),
        seen_points=points_of(letter, seen),
        count=len(items),
        points=points_of(letter, items),
        counted=sentences.UNCHECKED_COUNTED[letter.round.unchecked],
        names=names,
    )


def pending(letter: Letter) -> str:
    """Returns what waits for evidence, which the inspectors owe; empty where nothing does."""
    rubric = letter.rubric
    waiting = [fault for fault in letter.faults if fault.pending and fault.owner in letter.scored]
    faults = [fault for fault in waiting if not fault.unsettled]
    unsettled = [fault for fault in waiting if fault.unsettled]
    extras = {item.extra for item in letter.score.extras if item.pending}
    # What lowers the total waits only where nothing is counted before its evidence.
    counts = {
        "full": (),
        "zero": rubric.penalty.items if rubric.penalty else (),
        "as_observed": rubric.extras,
    }[rubric.pending]
    texts = []
    if faults:
        stake, open_ = stake_of(letter, faults), sum(map(letter.open_cost, faults))
        cost = sentences.PENDING_COST.format(off=letter.off, points=letter.points(open_))
        treated = sentences.PENDING_TREATED[rubric.pending]
        text = sentences.PENDING.format(
            count=len(faults),
            stake=stake,
            treated=treated.format(off=letter.off, cost=cost if open_ else ""),
            proved=_proved(letter),
        )
        texts.append(text)
    if unsettled:
        units = _at_stake(letter, unsettled)
        told = sentences.PENDING_STAKE.format(points=letter.points(units)) if units else ""
        text = sentences.UNSETTLED.format(count=len(unsettled), stake=told, you=letter.you)
        texts.append(text)
    for said, counted in zip(sentences.EXTRAS_PENDING, (True, False), strict=True):
        names = [e.title for e in rubric.extras if e.id in extras and (e in counts) is counted]
        if names:
            texts.append(said.format(titles="、".join(names)))
    if texts:
        still = [sentences.EVIDENCE_OWED] if len(texts) > bool(unsettled) else []
        still += [sentences.SETTLING_OWED] if unsettled else []
        told = "，".join(still)
        ours = sentences.PENDING_IS_OURS.format(
            what_is_owed=told, you=letter.you, what=_what(letter)
        )
        texts.append(ours)
    return "".join(texts)


def stake_of(letter: Letter, faults: list[Fault]) -> str:
    """Returns how many points hang on evidence, where that is not what was taken off by now."""
    stake = _at_stake(letter, faults)
    if not stake or letter.rubric.pending != "full":
        return ""
    return sentences.PENDING_STAKE.format(points=letter.points(stake))


def _at_stake(letter: Letter, faults: list[Fault]) -> int:
    return sum(at_stake(letter, fault) for fault in faults)


def _proved(letter: Letter) -> str:
    """That part of what is pending was proven by another record, and is a fault like others."""
    costs = [
        letter.cost(fault)
        for fault in letter.faults
        if fault.pending and fault.proved and fault.owner in letter.scored
    ]
    if not costs:
        return ""
    return sentences.PENDING_PROVED.format(
        count=len(costs), off=letter.off, points=letter.points(sum(costs))
    )
