"""What the files of letters are called: the school's name, made safe for every file system."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from inspections.round.school import School
from reports.letter.plain_text import printable
from rubrics.messages.plain_text import one_line

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# File systems take 255 bytes; a rarer hanzi takes four.
_LONGEST = 200


def file_names(schools: Iterable[School]) -> dict[str, str]:
    """Returns the file name of each school's letters, by code.

    Schools whose names would give the same file have their codes in brackets.
    """
    held = list(schools)
    stems = {school.id: _safe(school.name) or _safe(school.id) for school in held}
    uses = Counter(stem.casefold() for stem in stems.values())
    return {
        code: f"{stem}（{_safe(code)}）.pdf" if uses[stem.casefold()] > 1 else f"{stem}.pdf"
        for code, stem in stems.items()
    }


def _safe(name: str) -> str:
    stem = _FORBIDDEN.sub("_", one_line(printable(name)))
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem
