"""What stands in the evidence column -> the files that are meant. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from inspections.evidence.file_names import ENDINGS, LONGEST, is_picture, key, parted
from inspections.evidence.looking import EvidenceFile
from inspections.evidence.promising import promises_file

_MOST_IN_RANGE = 50
_ENDING = "|".join(sorted(ENDINGS, key=len, reverse=True))
_NAME_ENDS = re.compile(rf"\.(?:{_ENDING})(?![0-9a-z])")
_JOINING = " \n\t和与及+&"
_AND_MORE = re.compile(
    r"等? ?[0-9一二三四五六七八九十两]{0,4} ?[张个份幅段]?(?:照片|图片|视频|文件)?"
)
_LONGEST_RANGE = 2 * LONGEST
"""Characters of the two names of a range; no file has a longer name."""

_RANGE = re.compile(
    rf"(?P<stem>.*?)(?P<first>\d{{1,6}})(?:\.(?P<early>{_ENDING}))?\s*(?:-+|~|–|—|到|至)\s*"
    r"(?P<again>.*?)(?P<last>\d{1,6})"
)
_BETWEEN = re.compile(r"[-~–—到至]")
_DRIVE = re.compile(r"[a-z]:")


class Outcome(Enum):
    """What became of a typed name."""

    FOUND = "found"
    PAPER = "paper"
    """A record on paper: no file is promised."""
    MISSING = "missing"
    UNCLEAR = "unclear"
    OUTSIDE = "outside"
    """It leads out of the folder of evidence."""


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one name; ``files`` are found, or the several that it may mean."""

    name: str
    outcome: Outcome
    files: tuple[EvidenceFile, ...] = ()


@dataclass(slots=True)
class Shelf:
    """The files of one school, by name and by name without ending."""

    files: Sequence[EvidenceFile]
    names: dict[str, list[EvidenceFile]] = field(default_factory=dict)
    stems: dict[str, list[EvidenceFile]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.files:
            name = key(item.name)
            self.names.setdefault(name, []).append(item)
            self.stems.setdefault(parted(name)[0], []).append(item)


def matches(typed: str, shelf: Shelf) -> list[Match]:
    """Returns what one entry of the evidence column means; several names may stand in it.

    Understood: any case, full width, with or without the ending, a picture under another
    picture's ending, the folders before the name, ``IMG_1-3.jpg`` for three files.
    """
    whole = one_match(typed, shelf)
    if whole.outcome not in (Outcome.MISSING, Outcome.PAPER):
        return [whole]
    text = key(typed)
    found = [one_match(name, shelf) for name in _ranged(text)]
    if any(item.files for item in found):
        return found
    parts = _several(text)
    if parts:
        return [found for part in parts for found in matches(part, shelf)]
    return [whole]


def one_match(typed: str, shelf: Shelf) -> Match:
    """Returns what one name means, taken as it stands."""
    told = _parsed(typed)
    if told is None:
        return Match(typed, Outcome.OUTSIDE)
    folders, name, stem, ending = told
    found = _inside(shelf.names.get(name, ()), folders)
    if not found:
        found = _inside(shelf.stems.get(stem, ()), folders)
        if ending:
            found = [item for item in found if _alike(ending, parted(key(item.name))[1])]
    if not found:
        return Match(typed, Outcome.MISSING if promises_file(typed) else Outcome.PAPER)
    if len(found) == 1 or len({item.digest for item in found}) == 1:
        return Match(typed, Outcome.FOUND, (found[0],))
    return Match(typed, Outcome.UNCLEAR, tuple(found))


@lru_cache(1 << 14)
def _parsed(typed: str) -> tuple[tuple[str, ...], str, str, str] | None:
    """The folders, name, stem and ending of what was typed; None where it leads out."""
    *folders, name = key(typed).replace("\\", "/").split("/")
    if (
        ".." in folders
        or name == ".."
        or (folders and (not folders[0] or _DRIVE.match(folders[0])))
    ):
        return None
    name = name.strip()
    lies = tuple(folder.strip() for folder in folders if folder not in (".", "evidence"))
    return lies, name, *parted(name)


def _inside(files: Iterable[EvidenceFile], folders: Sequence[str]) -> list[EvidenceFile]:
    """Those that lie in the folders that were typed before the name."""
    if not folders:
        return list(files)
    held = ((item, [key(folder) for folder in item.folders]) for item in files)
    return [item for item, lies in held if lies[-len(folders) :] == list(folders)]


def _alike(one: str, other: str) -> bool:
    """Whether a file may have come to have the other ending: jpg and jpeg, HEIC made JPG."""
    return one == other or (is_picture(one) and is_picture(other))


def _several(text: str) -> list[str]:
    """The names that stand one after another, each with its ending; empty where it is one.

    ``IMG_1.jpg等3张`` tells the one name that can be looked for.
    """
    ends = [found.end() for found in _NAME_ENDS.finditer(text)]
    if not ends or not _AND_MORE.fullmatch(text[ends[-1] :].strip(_JOINING)):
        return []
    starts = [0, *ends[:-1]]
    names = [text[a:b].strip(_JOINING) for a, b in zip(starts, ends, strict=True)]
    return names if names != [text] and all(not name.startswith(".") for name in names) else []


@lru_cache(1 << 14)
def _ranged(text: str) -> tuple[str, ...]:
    """The names of a simple range; empty where it is none."""
    stem, ending = parted(text)
    likely = len(stem) <= _LONGEST_RANGE and _BETWEEN.search(stem)
    found = _RANGE.fullmatch(stem) if likely else None
    if not found:
        return ()
    first, last = found["first"], found["last"]
    if found["again"] not in ("", found["stem"]) or (found["early"] or ending) != ending:
        return ()
    count = int(last) - int(first) + 1
    if not 1 < count <= _MOST_IN_RANGE or len(last) < len(first):
        return ()
    width = len(first) if first.startswith("0") else 0
    tail = f".{ending}" if ending else ""
    return tuple(
        f"{found['stem']}{number:0{width}}{tail}" for number in range(int(first), int(last) + 1)
    )
