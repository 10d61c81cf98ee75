"""Which indicator's code the name of a file begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from inspections.evidence.file_names import key


class LeadingCodes:
    """The codes of one school's observations that were checked, and the records they are in."""

    def __init__(self, places: Mapping[str, list[int]]) -> None:
        self.places = places
        codes = sorted(places, key=lambda owner: (-len(owner), owner))
        spelled = {key(owner): owner for owner in codes}
        self.owners = spelled
        listed = "|".join(map(re.escape, spelled))
        self.pattern = re.compile(rf"({listed})(?![0-9a-z])") if listed else None

    def of(self, name: str) -> str:
        """Returns the code that a name begins with, the longest of them; empty where none."""
        found = self.pattern.match(key(name)) if self.pattern else None
        return self.owners[found[1]] if found else ""
