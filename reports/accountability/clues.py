"""What papers tell of a school: facts that were found, their rules, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.bulletin.findings import measured_fact
from reports.faults import Fault
from reports.letter.fact import fact_told
from reports.letter.peers import Peers
from reports.letter.subject import Letter
from reports.ranking.measures import short_title
from rubrics.messages.plain_text import nested, one_line
from scoring.results.scores import Scores
from scoring.results.shown import heads_of


@dataclass(frozen=True, slots=True)
class Clue:
    """One fact. ``evidence``: names of files and records, none where they are secret.

    ``public``: the fact without anything that somebody typed, as everybody may read it; empty
    where it is secret. ``weighty``: it crossed a red line, or else is a key item that fails.
    ``days``: until when it is put right, 0 at once, None where the rubric says nothing.
    """

    fact: str
    basis: str
    evidence: tuple[str, ...]
    public: str = ""
    dimension: str = ""
    demand: str = ""
    days: int | None = None
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a school under a rubric: when, by whom, and how it was called.

    ``rubric``: its short title, ``title``: as figures name it. ``inspectors``: their names with
    their codes, for papers to the school alone. ``well``: dimensions without a loss.
    """

    rubric: str = ""
    title: str = ""
    group: str = ""
    days: str = ""
    inspectors: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()
    well: tuple[str, ...] = ()

    @property
    def weightiest(self) -> tuple[Clue, ...]:
        """Those that crossed a red line, or else key items that fail, or all."""
        return tuple(one for one in self.clues if one.weighty) or self.clues


def found_at(opened: OpenRound, scores: Scores, school: str, rubric: str) -> Found:
    """Returns what was found; nothing where the school as a whole or its composite is meant."""
    held = scores.rubrics.get(rubric)
    score = next((it for it in held.schools if it.school.id == school), None) if held else None
    if held is None or score is None:
        composite = (one for one in scores.composite if one.school.id == school)
        return Found(group=next((one.group for one in composite if rubric), ""))
    # Records are made when they are looked at; here each is, many times.
    score = replace(score, visits=tuple(score.visits))
    letter = Letter(opened.round, held.rubric, score, opened.roster, Peers())
    days = sorted({head.day for head in heads_of(score.visits)})
    people = opened.roster.inspectors
    codes = dict.fromkeys(code for visit in score.visits for code in visit.inspectors)
    return Found(
        short_title(held.rubric.title),
        held.rubric.title,
        score.group,
        "、".join(day_text(day) for day in days),
        tuple(f"{people[code].name}（{code}）" for code in codes if code in people),
        tuple(_clues(letter)),
        tuple(_well(letter)),
    )


def _clues(letter: Letter) -> Iterator[Clue]:
    standing = [fault for fault in letter.faults if fault.stands]
    red = any(fault.red_lines for fault in standing)
    for fault in standing:
        secret = letter.confidential(fault.owner)
        yield Clue(
            one_line(fact_told(letter, fault, waiting=False)).rstrip("。"),
            "；".join(f"{it.marked_title}{it.clause}" for it in fault.basis),
            () if secret else tuple(one_line(it.name) for it in fault.evidence),
            "" if secret or fault.untold else _public(fault),
            fault.dimension,
            one_line(fault.demand).rstrip("。"),
            fault.days,
            bool(fault.red_lines) if red else fault.key,
        )


def _public(fault: Fault) -> str:
    said = measured_fact(fault)
    crossed = "".join(f"“{it.title}”" for it in fault.red_lines)
    if crossed:
        said = f"{said}，触碰红线{crossed}" if said else f"触碰红线{crossed}"
    return nested(f"“{fault.title}”方面：{said}" if said else f"“{fault.title}”没有达到要求")


def _well(letter: Letter) -> Iterator[str]:
    titles = {part.id: part.title for part in letter.rubric.dimensions}
    for part in letter.score.dimensions:
        if (
            not part.untold
            and part.applicable
            and part.earned == (0 if letter.demerits else part.applicable)
        ):
            yield titles[part.dimension]
