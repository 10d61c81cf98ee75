"""What a result rests on, as digests: same inputs, same digests, same result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspections.ledger.settings_versions import values_of
from inspections.records.record import Record
from inspections.records.record_list import as_list
from inspections.round.opened import OpenRound
from inspections.round.program import program_digest
from inspections.round.school import Assignment, Roster
from rubrics.language.digest import digest as rubric_digest
from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class Inputs:
    """SHA-256 (hex) of everything that scores follow from. ``rubrics`` go by id.

    ``collected``: of what collecting told, see ``collected_digest``. ``program``: of the code that
    makes scores of them. ``former``: of what was found in rounds before, ``own``: of what
    schools gave themselves, both where a rubric asks. ``severity``: of what totals are corrected
    by, where the round asks.
    """

    rubrics: Mapping[str, str]
    ledger: str
    round: str
    roster: str
    collected: str = ""
    program: str = ""
    former: str = ""
    own: str = ""
    severity: str = ""

    def told(self) -> dict[str, object]:
        """Returns them as result.json has them; the round's stands with the round."""
        former = {"former": self.former} if self.former else {}
        own = {"self_assessment": self.own} if self.own else {}
        severity = {"severity": self.severity} if self.severity else {}
        return (
            former
            | own
            | severity
            | {
                "rubrics": dict(self.rubrics),
                "ledger": self.ledger,
                "roster": self.roster,
                "collected": self.collected,
                "program": self.program,
            }
        )


def inputs_of(
    opened: OpenRound,
    records: Iterable[Record],
    collected: str = "",
    former: str = "",
    own: str = "",
    severity: str = "",
) -> Inputs:
    """Returns the digests of a round's rubrics, records, settings, and rosters with the plan."""
    return Inputs(
        {name: rubric_digest(rubric) for name, rubric in opened.rubrics.items()},
        records_digest(records),
        settings_digest(values_of(opened.round)),
        _digest(_roster_lines(opened.roster, opened.plan)),
        collected,
        program_digest("rubrics", "inspections", "scoring"),
        former,
        own,
        severity,
    )


def severity_digest(scores: Scores) -> str:
    """Returns the SHA-256 of what totals are corrected by; empty where the round asks for none."""
    if not scores.holding:
        return ""
    given = {name: scores.rubrics[name].correction for name in scores.holding}
    return _digest(
        json.dumps([name, sorted(one.inspectors.items()), sorted(one.numbers.items())])
        + json.dumps([sorted(one.groups), sorted(one.late)], ensure_ascii=False)
        for name, one in given.items()
        if one is not None
    )


def settings_digest(values: Mapping[str, object]) -> str:
    """Returns the SHA-256 of settings as JSON has them, those apart that no score follows from."""
    followed = {name: value for name, value in values.items() if name not in _UNFOLLOWED}
    return _digest([json.dumps(followed, sort_keys=True, ensure_ascii=False)])


_UNFOLLOWED = frozenset({"rectification", "contact", "bulletin"})
"""Settings that say what comes after the scores, and whom to ask."""


def records_digest(records: Iterable[Record]) -> str:
    """Returns the SHA-256 of all that records say and where they come from, in any order."""
    return _digest(sorted(as_list(records).digests()))


def _roster_lines(roster: Roster, plan: Iterable[Assignment]) -> Iterable[str]:
    for school in roster.schools.values():
        traits = {name: str(value) for name, value in school.traits.items()}
        yield json.dumps([school.id, school.name, traits], sort_keys=True, ensure_ascii=False)
    for inspector in roster.inspectors.values():
        yield json.dumps(inspector.facts())
    for line in plan:
        yield json.dumps([line.school, line.rubric, line.occasion, line.team])
    for name, team in roster.drawn.items():
        yield json.dumps([name, *team.members])


def _digest(lines: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode())
        whole.update(b"\n")
    return whole.hexdigest()
