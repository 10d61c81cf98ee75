"""Which letters are given a number, and which stay drafts.

A clerk reports every day while sheets still come in, and each of those letters is another one. So
a number is given only to a letter that is dated, and of which nothing is open: every sheet that the
plan asks for is there, nothing waits for evidence, a check or a decision, and no objection for its
answer; where ranks and medians are told, of none of its group either; where totals are corrected
for severity, which is measured of all sheets and stands with the first number, no sheet of the
rubric. Everything before is a draft, says so on every page, and uses up no number. A bureau that
sends letters out with open matters in them, or writes their dates by hand, says so (``issue``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inspections.ledger.chain import by_user
from inspections.ledger.letters import (
    FINAL,
    FIRST,
    Asked,
    Numbered,
    all_letters,
    number_letters,
    standing,
)
from inspections.ledger.objections import Objection, all_objections
from inspections.ledger.of_round import ledger_of
from inspections.ledger.severity import Holding
from inspections.round.letter_numbers import series_of
from inspections.round.opened import OpenRound
from reports.letter.hearing import Hearing
from reports.letter.mark import Mark
from reports.letter.subject import Letter
from scoring.results.scores import Scores
from scoring.results.shown import heads_of


@dataclass
class Numbering:
    """Gives numbers to the letters of a ``stage``.

    ``open_groups``: rubric and group of schools that some visit is still due to; ``due``: rubric
    and school of these. ``latest``: letters that bear a number; ``objections``: those of the round.
    ``severities``: corrections that stand with the first letter of a rubric; ``unmeasured``:
    rubrics of which they do not stand yet, and sheets are still to come. ``moved_on``: others have
    come to stand since the scores were made, so that no number was given.
    """

    opened: OpenRound
    stage: str
    draft: bool
    issue: bool
    due: frozenset[tuple[str, str]]
    open_groups: frozenset[tuple[str, str]]
    latest: Mapping[tuple[str, str, str], Numbered]
    objections: Mapping[tuple[str, str], tuple[Objection, ...]]
    severities: Mapping[str, Holding] = field(default_factory=dict)
    unmeasured: frozenset[str] = frozenset()
    moved_on: bool = False
    drafts: set[tuple[str, str]] = field(default_factory=set)

    @property
    def scheme(self) -> str:
        """By what scheme numbers are given; empty where none are."""
        return self.opened.round.letters.numbers

    def hearing(self, rubric: str, school: str) -> Hearing:
        """Returns how the school was heard before the letter is final."""
        first = self.latest.get((FIRST, rubric, school))
        return Hearing(first, self.objections.get((rubric, school), ()))

    def marks(self, letters: Sequence[tuple[Letter, str]]) -> list[Mark | None]:
        """Returns the mark of each (letter, digest of what it says); new numbers in one act.

        None where the round gives no numbers.
        """
        if not self.scheme:
            return [None] * len(letters)
        asked = [self._asked(letter, digest) for letter, digest in letters]
        due = [self._due_one(one, letter) for one, (letter, _) in zip(asked, letters, strict=True)]
        new = [one for one, is_due in zip(asked, due, strict=True) if is_due]
        if new:
            with ledger_of(self.opened) as ledger:
                given = number_letters(ledger, new, by_user(), self.severities)
            self.moved_on |= not given
            self.latest = {**self.latest, **{one.whose: one for one in given}}
        return [self._mark(one) for one in asked]

    def gives(self, letter: Letter, digest: str) -> bool:
        """Whether a letter that says this would be given a new number."""
        return bool(self.scheme) and self._due_one(self._asked(letter, digest), letter)

    def _due_one(self, one: Asked, letter: Letter) -> bool:
        if self._held(one) or self.draft:
            return False
        return self.issue or self._settled(letter)

    def _asked(self, letter: Letter, digest: str) -> Asked:
        settings = letter.round
        day = letter.day
        series = series_of(self.scheme, (day or settings.window.until).year, settings.id)
        told = day.isoformat() if day else ""
        whose = self.stage, letter.rubric.id, letter.score.school.id
        return Asked(*whose, digest, series, told, letter.certainty)

    def last(self, letter: Letter) -> Numbered | None:
        """Returns the last letter of the same stage, rubric and school that bears a number."""
        return self.latest.get((self.stage, letter.rubric.id, letter.score.school.id))

    def _held(self, one: Asked) -> Numbered | None:
        """The letter that says the same and bears a number already."""
        held = self.latest.get((one.stage, one.rubric, one.school))
        return held if held and held.digest == one.digest else None

    def _mark(self, one: Asked) -> Mark:
        held = self._held(one)
        if held:
            return Mark(one.digest, held.number, held.replaces)
        self.drafts.add((one.rubric, one.school))
        before = self.latest.get((one.stage, one.rubric, one.school))
        return Mark(one.digest, replaces=before.number if before else "")

    def _settled(self, letter: Letter) -> bool:
        """Whether nothing of a letter is open any more, and it is dated."""
        score, rubric = letter.score, letter.rubric.id
        if letter.day is None or letter.provisional or (rubric, score.school.id) in self.due:
            return False
        if rubric in self.unmeasured:
            return False
        if self.stage == FINAL and letter.hearing.open(letter.round):
            return False
        compared = score.rank is not None and not score.alone
        return not (
            compared and (score.place_provisional or (rubric, score.group) in self.open_groups)
        )


def numbering(
    opened: OpenRound, scores: Scores, *, stage: str = FINAL, draft: bool, issue: bool
) -> Numbering:
    """Returns what numbers the letters of a round, as the ledger and the plan have it now.

    ``draft``: none is given; ``issue``: all are, whatever is open.
    """
    due, groups = _due(opened, scores) if opened.round.letters.numbers else (set(), set())
    objected: dict[tuple[str, str], tuple[Objection, ...]] = {}
    with ledger_of(opened) as ledger:
        latest = standing(all_letters(ledger))
        for one in all_objections(ledger):
            whose = one.rubric, one.school
            objected[whose] = (*objected.get(whose, ()), one)
    held = frozenset(due), frozenset(groups)
    waiting = {name for name, _ in due}
    unmeasured = frozenset(
        name
        for name, one in scores.holding.items()
        if not one.seen
        and (name in waiting or any(score.owed for score in scores.rubrics[name].schools))
    )
    return Numbering(
        opened, stage, draft, issue, *held, latest, objected, scores.holding, unmeasured
    )


def _due(opened: OpenRound, scores: Scores) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Of visits that the plan asks for and of which no record counts: rubric and school, and rubric
    and group.
    """
    planned: dict[tuple[str, str], set[str]] = {}
    for line in opened.plan:
        planned.setdefault((line.rubric, line.school), set()).add(line.occasion)
    schools, groups = set(), set()
    for name, held in scores.rubrics.items():
        for score in held.schools:
            asked = planned.get((name, score.school.id), set())
            there = {head.key.occasion for head in heads_of(score.visits)}
            if score.status != "inapplicable" and asked - there:
                schools.add((name, score.school.id))
                groups.add((name, score.group))
    return schools, groups
