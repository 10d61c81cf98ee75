"""Characters of a letter that no font has, each with the place where it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.letter.content import texts
from reports.letter.plain_text import printable
from reports.letter.subject import Letter
from reports.type.blocks import Block
from reports.type.fonts import Fonts, missing_glyphs
from rubrics.messages.problems import Place, Problem


def boxes(blocks: Iterable[Block], fonts: Fonts) -> set[str]:
    """Returns the characters of ``blocks`` that no font has: they print as boxes."""
    printed = set().union(*(text for block in blocks for text in texts(block))) - {"\n"}
    return {character for character in printed if not fonts.covers(character)}


def unprintable(
    letter: Letter, blocks: Iterable[Block], fonts: Fonts, roster: str, file: str
) -> list[Problem]:
    """Returns a ``glyph-missing`` problem for each text of ``blocks`` that prints a box.

    ``roster`` and ``file`` are how problems name the roster of schools and the letter.
    """
    missing = boxes(blocks, fonts)
    if not missing:
        return []
    sources = [
        (place, text) for place, text in _typed(letter, roster) if not missing.isdisjoint(text)
    ]
    elsewhere = missing.difference(*(text for _, text in sources))
    if elsewhere:
        sources.append((Place(file), "".join(sorted(elsewhere))))
    return missing_glyphs(fonts, dict.fromkeys(sources))


def _typed(letter: Letter, roster: str) -> Iterator[tuple[Place, str]]:
    """What people typed that a letter may print, cleaned as the letter is."""
    school = letter.score.school
    yield Place(roster, "", school.id), printable(school.name)
    for visit in letter.score.visits:
        for record in visit.observations:
            own = {"fault": record.fault, "remark": record.remark, "at_once": record.at_once}
            own |= {key: value for key, value in record.values.items() if isinstance(value, str)}
            for key, text in own.items():
                place = record.places.get(key) or Place(visit.file, visit.sheet, record.owner)
                if text:
                    yield place, printable(text)
