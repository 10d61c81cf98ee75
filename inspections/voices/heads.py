"""Which columns a table of answers has: by the program that exported it, or by voices.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from inspections.round.trait_cells import closed
from inspections.voices.settings import FIELDS, SurveySetting
from rubrics.messages.plain_text import one_line, plain
from rubrics.tables.wide import WideSheet

PLAIN: Final = "普通表格"
"""What a table is that no known program exported."""

_LOOKED_AT: Final = 15
"""Rows among which the headings are."""

_LONGEST: Final = 400
"""Characters of a heading that are kept."""


@dataclass(frozen=True)
class Head:
    """The headings of a table. ``row``: theirs, ``first``: that of the first answer, from 0.

    ``fields``: which column is what, of those that are no questions; ``joined``: what parts options
    chosen together; ``twice``: headings that came again and got a number.
    ``setting``: what voices.yaml says, under the name ``survey``; ``missing``: columns that it
    names and that are not there.
    """

    program: str
    row: int
    first: int
    headings: tuple[str, ...]
    fields: Mapping[str, int]
    private: frozenset[int] = frozenset()
    ignored: frozenset[int] = frozenset()
    joined: str = ""
    blanks: frozenset[str] = frozenset()
    unsubmitted: bool = False
    survey: str = ""
    setting: SurveySetting = field(default_factory=SurveySetting)
    twice: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def column(self, heading: str) -> int | None:
        """Returns the place of a column; None where there is none of that heading."""
        wanted = closed(heading)
        return next((at for at, it in enumerate(self.headings) if closed(it) == wanted), None)


@cache
def words() -> dict[str, Any]:
    """Returns the words by which columns are known."""
    return _yaml("words.yaml")


@cache
def _programs() -> dict[str, dict[str, Any]]:
    return _yaml("programs.yaml")


def headings_of(field: str) -> tuple[str, ...]:
    """Returns the headings that a column of a plain table may have, by what it is (``sent``)."""
    return tuple(_programs()[PLAIN].get(field, ()))


def _yaml(name: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    return held


def find_head(sheet: WideSheet, file: str, surveys: Mapping[str, SurveySetting]) -> Head | None:
    """Returns the headings of a sheet; None where nothing is known of it.

    What voices.yaml says of a file of this name, or of all these columns, comes first; then the
    programs. A table of its own kind has a column of schools.
    """
    rows = [(row, *_headings(sheet, row)) for row in range(min(_LOOKED_AT, sheet.height))]
    for name, setting in surveys.items():
        if found := _by_setting(rows, file, name, setting):
            return found
    for program, entry in _programs().items():
        needs = set(map(closed, entry["needs"]))
        for row, first, headings, twice in rows:
            there = set(map(closed, headings))
            if (needs and needs <= there) or (program == PLAIN and _has_school(headings)):
                return _by_program(program, entry, row, first, headings, twice)
    return None


def _by_setting(
    rows: Sequence[tuple[int, int, tuple[str, ...], tuple[str, ...]]],
    file: str,
    name: str,
    setting: SurveySetting,
) -> Head | None:
    wanted = {closed(one): one for one in setting.headings}
    asked = [[closed(one) for one in it.columns] for it in setting.questions.values()]
    best: tuple[int, Head] | None = None
    for row, first, headings, twice in rows:
        there = set(map(closed, headings))
        missing = [one for key, one in wanted.items() if key not in there]
        held = sum(any(one in there for one in columns) for columns in asked)
        whole = not missing and held == len(asked) and (wanted or asked)
        met = len(wanted) - len(missing) + held
        named = any(fnmatch(file, pattern) for pattern in setting.files)
        if not (whole or (named and met)) or (best and best[0] >= met):
            continue
        program, entry = _likely(there)
        base = _by_program(program, entry, row, first, headings, twice)
        own = {
            what: at
            for what in FIELDS
            if (one := getattr(setting, what)) and (at := base.column(one)) is not None
        }
        questions = {
            at
            for it in setting.questions.values()
            for one in it.columns
            if (at := base.column(one)) is not None
        }
        fields = {what: at for what, at in base.fields.items()
                  if at not in questions and at not in own.values()} | own  # fmt: skip
        private = (base.private | _places(base, setting.private)) - questions
        ignored = (base.ignored | _places(base, setting.ignored)) - questions
        lacking = [it.columns[0] for it, columns in zip(setting.questions.values(), asked,
                                                        strict=True)
                   if not any(one in there for one in columns)]  # fmt: skip
        head = Head(
            program, row, first, headings, fields, private, ignored, base.joined, base.blanks,
            base.unsubmitted, name, setting, twice, (*missing, *lacking),
        )  # fmt: skip
        best = met, head
    return best[1] if best else None


def _likely(there: set[str]) -> tuple[str, Mapping[str, Any]]:
    return next(
        (program, entry)
        for program, entry in _programs().items()
        if set(map(closed, entry["needs"])) <= there
    )


def _places(head: Head, headings: Iterable[str]) -> frozenset[int]:
    found = (head.column(one) for one in headings)
    return frozenset(at for at in found if at is not None)


def _by_program(
    program: str,
    entry: Mapping[str, Any],
    row: int,
    first: int,
    headings: tuple[str, ...],
    twice: tuple[str, ...],
) -> Head:
    head = Head(program, row, first, headings, {}, twice=twice)
    fields: dict[str, int] = {}
    for what in FIELDS:
        found = sorted(_places(head, entry.get(what, ())), key=headings.__getitem__)
        for one in entry.get(what, ()):
            at = head.column(one)
            if at in found and what not in fields and at is not None:
                fields[what] = at
    if "seconds" not in fields and {"started", "submitted"} > fields.keys():
        fields.pop("started", None)
    return Head(
        program,
        row,
        first,
        headings,
        fields,
        _places(head, entry.get("private", ())) - set(fields.values()),
        _places(head, entry.get("ignored", ())) - set(fields.values()),
        entry.get("joined", ""),
        frozenset(entry.get("blanks", ())),
        entry.get("unsubmitted", False),
        twice=twice,
    )


def _has_school(headings: Iterable[str]) -> bool:
    return any(names_school(one) for one in headings) and sum(map(bool, headings)) > 1


def names_school(heading: str) -> bool:
    """Returns whether a column may hold schools, by its heading."""
    return _says(heading, words()["school"])


def _says(heading: str, any_of: Iterable[str]) -> bool:
    text = closed(heading).lower()
    return any(closed(word).lower() in text for word in any_of)


def is_private(heading: str) -> bool:
    """Returns whether a column holds what leads to a person, by its heading."""
    return _says(heading, words()["private"])


def is_open(heading: str) -> bool:
    """Returns whether people write freely in a column, by its heading."""
    return _says(heading, words()["open"])


def divides_by(heading: str) -> str:
    """Returns what a column divides people by (年级), by its heading; empty mostly."""
    return next((name for name, any_of in words()["groups"].items() if _says(heading, any_of)), "")


def names_class(heading: str) -> bool:
    """Returns whether a column may hold classes (三年级2班), by its heading."""
    text = closed(heading).rstrip("?？:：_").lower()
    return any(text.endswith(word) for word in words()["class"])


def kind_of(headings: Sequence[str]) -> str:
    """Returns what kind of answers a table holds, by its headings."""
    there = set(map(closed, headings))
    if any(map(names_class, headings)) and there & set(map(closed, words()["pupils"])):
        return "班级人数"
    for kind, any_of in words()["kinds"].items():
        if there & set(map(closed, any_of)):
            return str(kind)
    return "问卷"


def _headings(sheet: WideSheet, row: int) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """The first row of answers below, the headings if they stand in this row, and those that came
    again. A heading over several columns goes before those below it.
    """
    above = [(span, span.left) for span in sheet.merged
             if span.top == row == span.bottom and span.right > span.left]  # fmt: skip
    parent = {column: left for span, left in above for column in range(span.left, span.right + 1)}
    own = [sheet.text(row, column) for column in range(len(sheet.columns))]
    # One text over all columns is the title of the table.
    two = bool(parent) and len(list(filter(None, own))) > 1 and row + 1 < sheet.height
    made: list[str] = []
    for column in range(len(sheet.columns)):
        text = own[parent.get(column, column) if two else column]
        if two and (below := sheet.text(row + 1, column)):
            text = f"{text}—{below}" if text else below
        made.append(one_line(plain(text))[:_LONGEST].strip())
    twice: list[str] = []
    return row + 1 + two, tuple(_apart(made, twice)), tuple(twice)


def _apart(headings: Iterable[str], twice: list[str]) -> Iterator[str]:
    """Numbers headings that come again."""
    seen: dict[str, int] = {}
    for heading in headings:
        key = closed(heading)
        seen[key] = seen.get(key, 0) + 1
        if key and seen[key] > 1:
            twice.append(heading)
            yield f"{heading}（{seen[key]}）"
        else:
            yield heading
