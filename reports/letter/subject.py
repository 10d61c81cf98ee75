"""What one letter is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from inspections.ledger.letters import FINAL, FIRST
from inspections.records.record import State
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.faults import Fault, faults
from reports.letter import sentences
from reports.letter.called import paper_called
from reports.letter.hearing import NOT_HEARD, Hearing
from reports.letter.mark import Mark
from reports.letter.peers import Peers
from reports.letter.sums import Printed, printed
from reports.type.blocks import Picture
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Indicator, Rubric
from rubrics.messages.plain_text import one_line
from scoring.results.published import total_text, traced_text
from scoring.results.scores import IndicatorScore, SchoolScore


@dataclass(frozen=True)
class Letter:
    """One school under one rubric, its group, and photographs by digest.

    ``corrected``: how many of its records stand on corrected sheets; ``decided``: whether the
    bureau has corrected or excused something in them. ``stage``: a first opinion, to which the
    school may object, or the final one, which answers (``hearing``). ``mark``: None where letters
    are not numbered, and while it is worked out what the letter says. ``certainty``: how sure its
    place is, in words; None where the round does not ask, empty where it cannot be known.
    """

    round: Round
    rubric: Rubric
    score: SchoolScore
    roster: Roster
    peers: Peers
    photographs: Mapping[str, Picture] = field(default_factory=dict)
    corrected: int = 0
    decided: bool = False
    stage: str = FINAL
    hearing: Hearing = NOT_HEARD
    mark: Mark | None = None
    certainty: str | None = None

    def marked(self, mark: Mark | None) -> Letter:
        """Returns the letter with its mark; what was worked out stays."""
        made = replace(self, mark=mark)
        vars(made).update(vars(self) | {"mark": mark})
        return made

    def showing(self, photographs: Mapping[str, Picture]) -> Letter:
        """Returns the letter with photographs; what was worked out from its score stays."""
        made = replace(self, photographs=photographs)
        vars(made).update(vars(self) | {"photographs": photographs})
        return made

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, red lines first."""
        return faults(self.rubric, self.score, elapsed_periods(self.round))

    @cached_property
    def printed(self) -> Printed:
        """The points as they are printed."""
        return printed(self.rubric, self.score, self.faults)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The rubric's indicators by id."""
        return {item.id: item for item in self.rubric.indicators}

    @cached_property
    def scored(self) -> Mapping[str, IndicatorScore]:
        """The school's indicators by id."""
        return {item.indicator: item for item in self.score.indicators}

    @property
    def first(self) -> bool:
        """Whether it is a first opinion."""
        return self.stage == FIRST

    @property
    def day(self) -> date | None:
        """The date of the letter, if it has one: that of first opinions in a first opinion."""
        return self.round.letters.day

    @property
    def title(self) -> str:
        """What the letter is called."""
        named = self.rubric.letter_title
        if not self.first:
            return named
        head, word, tail = named.rpartition("意见书")
        return f"{head}初步意见{tail}" if word else f"{named}（初步意见）"

    @property
    def number(self) -> str:
        """The number that it bears; empty where there is none."""
        if self.mark is not None:
            return self.mark.number
        return one_line(self.round.letters.number)

    @property
    def demerits(self) -> bool:
        """Whether points are bad ones."""
        return self.rubric.scale == "demerits"

    @property
    def off(self) -> str:
        """The verb for what a fault costs: points taken off, or bad ones counted."""
        return "计" if self.demerits else "扣"

    @property
    def you(self) -> str:
        """How the school is spoken to."""
        if not self.rubric.subject.is_school:
            return self.rubric.subject.you
        return "你园" if "幼儿园" in self.score.school.name else "你校"

    def said(self, sentence: str) -> str:
        """Returns a sentence of letters, blanks and all, in the words of what is inspected."""
        return self.rubric.words.said(sentence)

    @property
    def paper(self) -> str:
        """How the letter calls itself."""
        if self.first:
            return "初步意见"
        return paper_called(self.rubric)

    @property
    def ungraded(self) -> bool:
        """Whether too little was left to judge: there is no total and no grade then (不评定)."""
        return self.score.grade == self.rubric.ungraded

    @property
    def disputed(self) -> int:
        """How many records have another one that differs, and wait for the bureau."""
        return self.score.disputed

    @property
    def provisional(self) -> bool:
        """Whether points may yet change: something waits for evidence, a record, or a check."""
        return self.score.provisional

    @property
    def middle(self) -> str:
        """What the group's median is called: it may yet change with other schools' points."""
        return sentences.MIDDLES[self.score.place_provisional]

    def of_state(self, state: State) -> tuple[IndicatorScore, ...]:
        """Returns the indicators in ``state``, in the rubric's order."""
        return tuple(item for item in self.score.indicators if item.state is state)

    def label(self, indicator: str) -> str:
        """Returns an indicator's id and title."""
        item = self.indicators.get(indicator)
        return f"{indicator} {item.title}" if item else indicator

    def confidential(self, indicator: str) -> bool:
        """Whether an indicator rests on what people said in confidence, or on ballots.

        Nothing that was typed about it is printed, and no count of ballots: in a small school
        both tell who said what.
        """
        return confidential(self.indicators.get(indicator))

    def kept(self, item: IndicatorScore) -> int:
        """Returns the units that an indicator kept of its points."""
        return item.points - item.earned if self.demerits else item.earned

    def cost(self, fault: Fault) -> int:
        """Returns the units that a fault cost for good, as printed; 0 where it is untold."""
        return 0 if fault.untold else self.printed.proved[fault.owner]

    def open_cost(self, fault: Fault) -> int:
        """Returns the units that it costs until evidence comes, as printed."""
        return 0 if fault.untold else self.printed.unproved[fault.owner]

    def points(self, units: int) -> str:
        """Returns units as points, rounded as the rubric publishes them, without trailing zeros."""
        return traced_text(units, self.rubric.places)

    def published(self, units: int) -> str:
        """Returns units with the decimals that the rubric publishes."""
        return total_text(self.rubric, units)
