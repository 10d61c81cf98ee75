"""Schools and inspectors as the roster knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
    they lead their team (组长).
    """

    id: str
    name: str
    office: str = ""
    team: str = ""
    left: bool = False
    replaces: str = ""
    leads: bool = False

    def facts(self) -> list[str]:
        """Returns all that the roster says, as it is kept: most lines have four parts."""
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
class Roster:
    """The schools and inspectors of a round, by id, in the order of the files."""

    schools: Mapping[str, School]
    inspectors: Mapping[str, Inspector]

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
