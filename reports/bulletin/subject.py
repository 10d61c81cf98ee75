"""What a bulletin is written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from inspections.accountability.measures import AWARD_LOST, COMMENDATION, CRITICISM
from inspections.accountability.states import Decided
from inspections.records.record_list import Head
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.ranking.common_faults import Common, common
from reports.ranking.measures import short_title
from reports.ranking.previous import Previous
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.subject import Words
from scoring.accountability.rules import COMPOSITE
from scoring.results.certainty import Certainty
from scoring.results.scores import RubricScores, SchoolScore, Scores
from scoring.results.shown import heads_of

#: Statuses of schools that were visited under a rubric.
VISITED = ("complete", "provisional")
RESULTS, FAULTS = "成绩表", "问题清单"
_PUBLISHED = (COMMENDATION, CRITICISM, AWARD_LOST)


@dataclass(frozen=True)
class Subject:
    """A round with its results; ``previous``: those of the round before, None where not asked.

    ``decided``: what was decided on schools and holds.
    """

    round: Round
    roster: Roster
    scores: Scores
    previous: Previous | None = None
    decided: Sequence[Decided] = ()

    @cached_property
    def words(self) -> Words:
        """How one speaks of those that were inspected."""
        rubrics = (held.rubric for held in self.scores.rubrics.values())
        names = (school.name for school in self.roster.schools.values())
        return words_of(rubrics, (self.round.title, self.round.bureau, *names))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The rubrics under which somebody was visited."""
        elapsed = elapsed_periods(self.round)
        made = (
            Part(
                held,
                common(held, elapsed),
                self.previous,
                self._award_lost(name),
                self.scores.certainty.get(name),
            )
            for name, held in self.scores.rubrics.items()
        )
        return tuple(part for part in made if part.visited)

    @cached_property
    def attachments(self) -> tuple[str, ...]:
        """The titles of what is attached, in their order."""
        faults = [FAULTS] if any(part.faults for part in self.parts) else []
        return (
            RESULTS,
            *faults,
            *([self.decided_title.replace("决定", "名单")] if self.listed else []),
        )

    def mark(self, title: str) -> str:
        """Returns what the text calls an attachment by: one that is alone has no number."""
        if len(self.attachments) == 1:
            return "附件"
        return f"附件{self.attachments.index(title) + 1}"

    @cached_property
    def decided_title(self) -> str:
        """What the section on decisions is called, by what there is in it."""
        best = [one for one in self.listed if one.kind == COMMENDATION]
        if len(best) == len(self.listed):
            return "表彰决定"
        return "表彰和处理决定" if best else "处理决定"

    @cached_property
    def listed(self) -> tuple[Decided, ...]:
        """What was decided and is published."""
        return tuple(one for one in self.decided if one.kind in _PUBLISHED)

    def _award_lost(self, rubric: str) -> Mapping[str, int]:
        """The schools whose eligibility was cancelled over a rubric, with the years."""
        return {
            one.school: one.years
            for one in self.decided
            if one.kind == AWARD_LOST and one.rubric in (rubric, "", COMPOSITE)
        }

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The heads of all records that count."""
        found: dict[Head, None] = {}
        for held in self.scores.rubrics.values():
            for school in held.schools:
                found |= dict.fromkeys(heads_of(school.visits))
        return tuple(found)


@dataclass(frozen=True)
class Part:
    """One rubric: its schools, and the faults that may be published, the commonest first.

    ``award_lost``: by school, for how many years its eligibility was cancelled. ``certainty``: how
    sure ranks are, where the round asks.
    """

    held: RubricScores
    all_faults: tuple[Common, ...]
    previous: Previous | None = None
    award_lost: Mapping[str, int] = field(default_factory=dict)
    certainty: Certainty | None = None

    @property
    def rubric(self) -> Rubric:
        """The rubric."""
        return self.held.rubric

    @property
    def name(self) -> str:
        """Its title as headings have it."""
        return short_title(self.rubric.title)

    @cached_property
    def visited(self) -> tuple[SchoolScore, ...]:
        """The schools that were visited under it, in roster order."""
        return tuple(school for school in self.held.schools if school.status in VISITED)

    @cached_property
    def of_status(self) -> Mapping[str, tuple[SchoolScore, ...]]:
        """All schools by status."""
        found: dict[str, list[SchoolScore]] = {}
        for school in self.held.schools:
            found.setdefault(school.status, []).append(school)
        return {status: tuple(schools) for status, schools in found.items()}

    @cached_property
    def secret(self) -> frozenset[str]:
        """The ids of items of which nothing is published but points."""
        rubric = self.rubric
        secret = [one.id for one in rubric.indicators if confidential(one)]
        secret += [line.id for line in rubric.red_lines if line.id and confidential(line)]
        secret += [extra.id for extra in rubric.extras if confidential(extra)]
        return frozenset(secret)

    @cached_property
    def faults(self) -> tuple[Common, ...]:
        """Faults that are published: proven, of no secret item, of no vote of few people."""
        found = []
        for item in self.all_faults:
            cases = tuple(
                (school, fault)
                for school, fault in item.cases
                if fault.counts and not fault.pending and not fault.untold
            )
            if cases and item.owner not in self.secret:
                found.append(Common(item.owner, item.title, cases, item.visited))
        return tuple(sorted(found, key=lambda one: -len(one.cases)))
