"""Which sheet this is: written into every visit sheet, so that no file name has to be trusted.

The text is one line of ``key=value`` fields joined by ``|``, the first being the format's
version: ``v=1|round=2026a|school=210681001|rubric=canteen|...``. Values escape ``%``, ``|``,
``=``, blanks and control characters as ``%XX``. Unknown fields survive a round trip, so that a
later version may add some without making older workbooks unreadable.

In a round with a key, ``seal`` is a keyed digest (HMAC-SHA256) of all fields but itself and the
unknown ones: whoever changes one of them cannot make the seal that belongs to it. What a marked
copy corrects has a seal of its own, ``mark``, made of the sheet's and of that. Rounds that were
started before there were such marks have a key without ``MARKING``; their copies need none.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from inspections.round.keys import MARKING

FORMAT = "1"
DIGEST_LENGTH = 16
"""Hex digits of a digest (the rubric's, a file's) that a sheet carries."""

CORRECTS, MARK = "corrects", "mark"
"""The fields of a marked copy: which files it takes the place of, and the seal of that."""

_SEAL = "seal"
_SEAL_LENGTH = 16
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
    seal: str = ""
    more: tuple[tuple[str, str], ...] = field(default=())

    @property
    def corrects(self) -> tuple[str, ...]:
        """The digests (their beginnings) of the files that this sheet corrects, latest first."""
        return tuple(filter(None, dict(self.more).get(CORRECTS, "").split("+")))

    def correcting(self, *digests: str, key: str) -> Identity:
        """Returns the identity of a copy that corrects the files with these digests.

        What that file corrected itself stays named, so that a chain holds without its middle.
        ``key``: the round's, for the seal; without one there is none.
        """
        chain = "+".join(
            dict.fromkeys((*(item[:DIGEST_LENGTH] for item in digests), *self.corrects))
        )
        others = tuple(pair for pair in self.more if pair[0] not in (CORRECTS, MARK))
        named = replace(self, more=(*others, (CORRECTS, chain)))
        mark = [(MARK, _mark(named, key))] if key.startswith(MARKING) else []
        return replace(named, more=(*named.more, *mark))


def encode(identity: Identity) -> str:
    """Returns the identity as one line of text."""
    seal = [(_SEAL, identity.seal)] if identity.seal else []
    return line_of([("v", FORMAT), *_pairs(identity), *seal, *identity.more])


def with_seal(identity: Identity, key: str) -> Identity:
    """Returns the identity with the seal that ``key`` makes; without a key it has none."""
    return replace(identity, seal=_seal(identity, key) if key else "")


def genuine(identity: Identity, key: str) -> bool:
    """Whether the identity is as it was handed out. Without a key nobody can tell: it is."""
    given = identity.seal.encode("utf-8", "replace")
    return not key or hmac.compare_digest(given, _seal(identity, key).encode())


def marked_here(identity: Identity, key: str) -> bool:
    """Whether what a sheet says that it corrects was written by the round itself."""
    given = dict(identity.more).get(MARK, "").encode("utf-8", "replace")
    return not key.startswith(MARKING) or hmac.compare_digest(given, _mark(identity, key).encode())


def _seal(identity: Identity, key: str) -> str:
    return keyed_digest(_pairs(identity), key)


def _mark(identity: Identity, key: str) -> str:
    return keyed_digest([*_pairs(identity), (CORRECTS, "+".join(identity.corrects))], key)


def keyed_digest(pairs: Iterable[tuple[str, str]], key: str) -> str:
    """Returns the seal of these fields that the key makes."""
    line = line_of(pairs).encode("utf-8", "surrogatepass")
    return hmac.new(key.encode(), line, hashlib.sha256).hexdigest()[:_SEAL_LENGTH]


def _pairs(identity: Identity) -> Iterable[tuple[str, str]]:
    return ((name, getattr(identity, name)) for name in _FIELDS)


def fields_of(text: str) -> dict[str, str]:
    """Returns the fields of a line that :func:`line_of` made, whatever they are."""
    pairs = [part.partition("=") for part in text.strip().split("|")]
    return {name: unquote(value) for name, _, value in pairs}


def line_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns fields as one line of text; no value can be taken for another field."""
    return "|".join(f"{name}={_escape(value)}" for name, value in pairs)


def decode(text: str) -> Identity | None:
    """Returns the identity that ``text`` carries, or None where it carries none.

    Any format version is accepted as long as round, school, rubric and version are there.
    """
    found = fields_of(text)
    if "v" not in found or any(not found.get(name) for name in _FIELDS[:4]):
        return None
    known = {name: found.pop(name, "") for name in (*_FIELDS, _SEAL)}
    del found["v"]
    return Identity(**known, more=tuple(found.items()))


def _escape(value: str) -> str:
    return re.sub(r"[%|=\s\x00-\x1f\x7f]", lambda match: quote(match[0], safe=""), value)
