"""Schools and inspectors as the roster knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rubrics.messages.problems import Place
from rubrics.values.conditions import TraitValue


@dataclass(frozen=True, slots=True)
class School:
    """A school: its code, its name, its traits (derived ones included).

    ``details``: what else the roster says of it, by heading, for those who inspect it alone.
    """

    id: str
    name: str
    traits: Mapping[str, TraitValue] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school, and where it and its traits stand in the roster, its code first.

    ``refused``: traits for which something stands there that is none, and was reported.
    """

    school: School
    places: Mapping[str, Place]
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inspector:
    """An inspector (督学): code, name, office, and the team (检查组) that they visit with.

    ``left``: whether they have left the round (离任); what they filled in keeps counting.
    ``replaces``: the code of the colleague whose place they have taken (接替). ``leads``: whether
    they lead their team (组长). ``skills``: what they know (专长). ``avoids``: schools where they
    or relatives work or worked (回避), codes, or what stands there where no school is meant; they
    are not sent there, and nothing that is handed out says why.
    """

    id: str
    name: str
    office: str = ""
    team: str = ""
    left: bool = False
    replaces: str = ""
    leads: bool = False
    skills: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()

    def facts(self) -> list[str]:
        """Returns what the roster says and records rest on: most lines have four parts.

        What only a draw asks for, skills and relatives' schools, is kept nowhere else.
        """
        later = ["离任" * self.left, self.replaces] if self.left or self.replaces else []
        return [
            self.id,
            self.name,
            self.office,
            self.team,
            *later,
            *(["组长"] if self.leads else []),
        ]


@dataclass(frozen=True, slots=True)
class DrawnTeam:
    """Inspectors (codes) who were drawn to go together from ``since`` to ``until``."""

    members: tuple[str, ...]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Roster:
    """The schools and inspectors of a round, by id, in the order of the files.

    ``drawn``: teams that were drawn, by name, beside those of the roster's column.
    """

    schools: Mapping[str, School]
    inspectors: Mapping[str, Inspector]
    drawn: Mapping[str, DrawnTeam] = field(default_factory=dict)

    def members(self, team: str) -> tuple[Inspector, ...]:
        """Returns the inspectors of a team, those who have left included.

        Whoever took somebody's place has it in the teams that were drawn too.
        """
        if (drawn := self.drawn.get(team)) is None:
            return tuple(one for one in self.inspectors.values() if one.team == team)
        held = [self.inspectors[code] for code in drawn.members if code in self.inspectors]
        for one in self.inspectors.values():
            if one.replaces and any(code in drawn.members for code in self.before(one)):
                held.append(one)
        return tuple(held)

    def before(self, inspector: Inspector) -> Iterator[str]:
        """Yields the codes of those whose place an inspector has taken, the latest first."""
        seen = {inspector.id}
        while (code := inspector.replaces) in self.inspectors and code not in seen:
            yield code
            seen.add(code)
            inspector = self.inspectors[code]


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of the plan: which team visits which school under which rubric on which occasion."""

    school: str
    rubric: str
    occasion: str
    team: str
