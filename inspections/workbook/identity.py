"""Which sheet this is: written into every visit sheet, so that no file name has to be trusted.

The text is one line of ``key=value`` fields joined by ``|``, the first being the format's
version: ``v=1|round=2026a|school=210681001|rubric=canteen|...``. Values escape ``%``, ``|``,
``=``, blanks and control characters as ``%XX``. Unknown fields survive a round trip, so that a
later version may add some (a keyed digest, say) without making older workbooks unreadable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

FORMAT = "1"
DIGEST_LENGTH = 16
"""Hex digits of a digest (the rubric's, a file's) that a sheet carries."""

CORRECTS = "corrects"
"""The field of a marked copy: which files it takes the place of."""

_FIELDS = ("round", "school", "rubric", "version", "digest", "occasion", "team", "inspector")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a sheet is for. ``digest`` is the beginning of the rubric's digest, or empty.

    ``inspector`` is the id of the one whose sheet it is, empty where the team fills one sheet
    together; ``more`` holds fields that this version does not know, in order.
    """

    round: str
    school: str
    rubric: str
    version: str
    digest: str = ""
    occasion: str = ""
    team: str = ""
    inspector: str = ""
    more: tuple[tuple[str, str], ...] = field(default=())

    @property
    def corrects(self) -> tuple[str, ...]:
        """The digests (their beginnings) of the files that this sheet corrects, latest first."""
        return tuple(filter(None, dict(self.more).get(CORRECTS, "").split("+")))

    def correcting(self, *digests: str) -> Identity:
        """Returns the identity of a copy that corrects the files with these digests.

        What that file corrected itself stays named, so that a chain holds without its middle.
        """
        chain = "+".join(
            dict.fromkeys((*(item[:DIGEST_LENGTH] for item in digests), *self.corrects))
        )
        others = tuple(pair for pair in self.more if pair[0] != CORRECTS)
        return replace(self, more=(*others, (CORRECTS, chain)))


def encode(identity: Identity) -> str:
    """Returns the identity as one line of text."""
    pairs = [("v", FORMAT), *((name, getattr(identity, name)) for name in _FIELDS)]
    return "|".join(f"{name}={_escape(value)}" for name, value in (*pairs, *identity.more))


def decode(text: str) -> Identity | None:
    """Returns the identity that ``text`` carries, or None where it carries none.

    Any format version is accepted as long as round, school, rubric and version are there.
    """
    pairs = [part.partition("=") for part in text.strip().split("|")]
    found = {name: unquote(value) for name, _, value in pairs}
    if "v" not in found or any(not found.get(name) for name in _FIELDS[:4]):
        return None
    known = {name: found.pop(name, "") for name in _FIELDS}
    del found["v"]
    return Identity(**known, more=tuple(found.items()))


def _escape(value: str) -> str:
    return re.sub(r"[%|=\s\x00-\x1f\x7f]", lambda match: quote(match[0], safe=""), value)
