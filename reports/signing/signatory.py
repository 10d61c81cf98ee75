"""Who signs the letters of a run: unlocked when the first one is to be signed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inspections.round.opened import OpenRound
from inspections.round.signing import Signing
from reports.signing.key import Key
from reports.signing.password import password_of
from rubrics.messages.extras import missing_extra
from rubrics.messages.problems import Place, Problem, problem


@dataclass
class Signatory:
    """``ask``: as ``password_of`` has it. ``refused``: letters that were not written unsigned.

    ``problems``: why there is no key; empty before it was asked for.
    """

    signing: Signing
    folder: Path
    ask: Callable[[str], str]
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    _key: Key | None = None

    def key(self) -> Key | None:
        """Returns the key; None where it cannot be had, which is found out once."""
        if self._key is None and not self.problems:
            self._key, self.problems = self._unlocked()
        return self._key

    def told(self, place: Place) -> list[Problem]:
        """Returns what there is to say at the end. Codes: letters-unsigned, those of the key."""
        if not self.refused:
            return []
        return [*self.problems, problem("letters-unsigned", place, count=self.refused)]

    def _unlocked(self) -> tuple[Key | None, list[Problem]]:
        if missing := missing_extra("signing"):
            return None, missing
        from reports.signing.certificate import from_file
        from reports.signing.token import from_token

        def password() -> tuple[str, list[Problem]]:
            return password_of(self.signing, self.folder, self.ask)

        unlock = from_token if self.signing.module else from_file
        return unlock(self.signing, self.folder, password)


def signatory(opened: OpenRound, ask: Callable[[str], str]) -> Signatory | None:
    """Returns who signs the letters of a round; None where they are not signed."""
    signing = opened.round.letters.signing
    return Signatory(signing, opened.folder.root, ask) if signing else None
