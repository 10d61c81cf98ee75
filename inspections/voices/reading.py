"""A file of answers -> its answers as columns, and all that is amiss with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from inspections.records.voices import AnswerSet, Bools, Ints, Kind, VoiceFile
from inspections.round.table import GUIDES
from inspections.round.trait_cells import closed
from inspections.voices.answering import Asking, Cells, Told, by_setting, understood
from inspections.voices.ballot_counts import counted, options_of
from inspections.voices.classes import CLASS, GRADE
from inspections.voices.drafting import draft_of
from inspections.voices.flags import flagged
from inspections.voices.heads import (
    PLAIN,
    Head,
    divides_by,
    find_head,
    headings_of,
    kind_of,
    names_class,
    names_school,
)
from inspections.voices.moments import moment, span
from inspections.voices.scales import all_scales
from inspections.voices.schools import Schools
from inspections.voices.settings import FILE, VoicesSettings
from rubrics.messages.not_there import not_there
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.addresses import cell
from rubrics.tables.long_cells import too_long
from rubrics.tables.sheet import UnreadableError
from rubrics.tables.wide import WideSheet, any_filled, wide_sheets

_EDITION: Final = 2
"""Of this reading; files read by an earlier one may be read again."""

SCHOOL_TEXT: Final = "学校"
"""Under which what somebody wrote as their school is kept, where it was not recognised."""

_ENOUGH: Final = 0.5
"""The share of answers whose school is recognised, for a column to be that of schools."""

_SUM: Final = re.compile(r"(?:合|总|小|共|累)计[:：]?")
_OF_EXPORT: Final = re.compile(r"\d+|按(?:选项)?(?:文本|序号|分数)|答卷数据|原始数据|数据详情")
_COUNT: Final = re.compile(r"\d{1,7}")
_LISTED: Final = 12
_NUMBERS: Final = {Kind.SENT: "sent", Kind.CLASSES: "pupils"}
"""Which column of a table says how many there are; it says nothing without."""


class Reading(NamedTuple):
    """What was read, None where nothing could be; a ``draft`` of voices.yaml for what is unknown.

    ``unknown``: what people wrote as their school where it was not recognised -> how many did.
    """

    file: VoiceFile | None
    problems: list[Problem]
    draft: str = ""
    unknown: Mapping[str, int] = {}


@dataclass(frozen=True)
class Reader:
    """By what files are read. ``schools``: code -> name."""

    settings: VoicesSettings
    schools: Mapping[str, str]

    def basis(self, survey: str, kind: str) -> str:
        """Returns the SHA-256 (hex) of all by which a file is read, besides what is in it."""
        parts = [
            str(_EDITION),
            self.settings.model_dump_json(),
            *(f"{code}|{name}" for code, name in sorted(self.schools.items())),
            survey,
            kind,
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_voices(path: Path, reader: Reader, survey: str = "", kind: str = "") -> Reading:
    """Returns the answers in a file.

    ``survey``, ``kind``: its name and what it is, where somebody says so. Codes: those of
    ``not_there``, table-unreadable, table-quote, table-sheet-unread, cell-too-long,
    voices-unrecognised, voices-columns-missing, voices-heading-twice, voices-school-column,
    voices-no-answers, voices-cells-lost, voices-count, voices-unsubmitted, voices-option-unknown,
    voices-school-unknown, voices-time-unknown.
    """
    name = path.name
    if not path.is_file():
        return Reading(None, [not_there(path, name)])
    try:
        digest, sheets = wide_sheets(path)
    except UnreadableError as error:
        if error.line:
            return Reading(None, [problem("table-quote", Place(name, "", f"第 {error.line} 行"))])
        return Reading(None, [problem("table-unreadable", Place(name), detail=error)])
    except OSError as error:
        detail = f"读不到文件（{in_chinese(error)}）"
        return Reading(None, [problem("table-unreadable", Place(name), detail=detail)])
    seen = [sheet for sheet in sheets if not sheet.hidden and any_filled(sheet)]
    heads = ((sheet, find_head(sheet, name, reader.settings.surveys)) for sheet in seen)
    sheet, head = next(((it, found) for it, found in heads if found), (None, None))
    if sheet is None or head is None:
        draft = draft_of(seen[0], name) if seen else ""
        return Reading(None, [problem("voices-unrecognised", Place(name))], draft)
    problems = [
        problem("table-sheet-unread", Place(name, other.name), sheet=other.name)
        for other in seen
        if other is not sheet and other.name not in GUIDES
    ]
    problems += too_long(sheet.too_long, name, sheet.name)
    made, more, unknown = _Table(name, sheet, head, reader).read(survey, kind)
    if made is None:
        return Reading(None, problems + more, draft_of(sheet, name), unknown)
    answers, private, rules = made
    basis = reader.basis(survey, kind)
    file = VoiceFile(name, digest, basis, head.program, answers, rules, private)
    return Reading(file, problems + more, "", unknown)


class _Table:
    """One sheet on its way to answers."""

    def __init__(self, file: str, sheet: WideSheet, head: Head, reader: Reader) -> None:
        self.file, self.sheet, self.head, self.reader = file, sheet, head, reader
        self.problems: list[Problem] = []
        self.codes = [np.frombuffer(it.codes, np.int32).astype(np.int64) for it in sheet.columns]
        self.rows = self._rows()

    def read(self, survey: str, kind_name: str) -> tuple[Any, list[Problem], Mapping[str, int]]:
        """Returns (answers, private parts, rules) or None, the problems, and unknown schools."""
        head = self.head
        at = Place(self.file, self.sheet.name, cell(head.row, 0))
        if head.missing:
            said = {"columns": "、".join(f"“{one}”" for one in head.missing[:_LISTED])}
            self.problems.append(problem("voices-columns-missing", at, survey=head.survey, **said))
            fields = {getattr(head.setting, one) for one in ("school", "weight", "sent", "pupils")}
            if fields & set(head.missing):
                return None, self.problems, {}
        self._tell_headings(at)
        if not len(self.rows):
            self.problems.append(problem("voices-no-answers", at))
            return None, self.problems, {}
        told = head.setting.kind if head.survey else kind_of(head.headings)
        kind = Kind(kind_name or told)
        column = self._school_column()
        school, unknown = self._schools(column)
        if school is None:
            self.problems.append(problem("voices-school-column", at))
            return None, self.problems, {}
        self._tell_unknown(unknown)
        codes = tuple(dict.fromkeys([*self.reader.schools, ""]))
        asking = Asking(
            all_scales(self.reader.settings.scales),
            self.reader.settings.keywords,
            head.joined,
            head.blanks,
        )
        free = self._free({column} if column is not None else set(), kind)
        private: dict[int, dict[str, str]] = {}
        for cells in (self._cells(at) for at in sorted(head.private)):
            _keep(private, cells)
        if column is not None:
            typed = self._cells(column)._replace(heading=SCHOOL_TEXT)
            _keep(private, typed, school == codes.index(""))
        if (source := head.fields.get("source")) is not None:
            _keep(private, self._cells(source))
        number = _NUMBERS.get(kind, "weight")
        if number in _NUMBERS.values() and number not in head.fields:
            said = {"kind": kind.value, "headings": "、".join(headings_of(number))}
            self.problems.append(problem("voices-number-column", at, **said))
            return None, self.problems, {}
        rows, weight = np.arange(len(self.rows)), self._whole(number)
        asked: list[Told] = []
        scale, options = options_of(free, asking.scales) if kind is Kind.BALLOT else ("", [])
        if kind is Kind.CLASSES:
            named = [it for it in free if names_class(it.heading) or divides_by(it.heading)]
            asked = [it for it in self._questions(named, asking, private)
                     if it.question.group in (GRADE, CLASS)]  # fmt: skip
            if not asked:
                self.problems.append(problem("voices-class-column", at))
                return None, self.problems, {}
        elif scale:
            item = head.fields.get("item")
            votes = counted([free[at] for at in options],
                            None if item is None else self._cells(item),
                            asking.scales, scale)  # fmt: skip
            for row, place in votes.wrong:
                self._tell_count(row, free[options[place]].heading)
            rows, weight = votes.rows, votes.weight
            asked = [Told(it, votes.codes[it.id]) for it in votes.questions]
            private = {new: private[old] for new, old in enumerate(rows.tolist()) if old in private}
        elif kind.heard:
            asked = self._questions(free, asking, private)
        name = survey or head.survey or _named(self.file)
        source_codes = self._sources()
        answers = AnswerSet(
            name,
            kind,
            tuple(it.question for it in asked),
            codes,
            school[rows],
            self.rows[rows] + 1,
            self._mapped("serial", _serial)[rows],
            self._moments()[rows],
            self._seconds()[rows],
            source_codes[rows],
            weight if scale else weight[rows],
            {it.question.id: it.codes for it in asked},
        )
        used = np.unique(answers.school)
        answers = replace(
            answers,
            schools=tuple(codes[at] for at in used.tolist()),
            school=np.searchsorted(used, answers.school),
        )
        settings = self.reader.settings.flags
        flags, rules = flagged(answers, private, settings, head.setting.period)
        return (replace(answers, flags=flags), private, rules), self.problems, unknown

    def _rows(self) -> Ints:
        """The rows that are answers: something stands there besides a number of their own."""
        filled = np.zeros(self.sheet.height, bool)
        serial = self.head.fields.get("serial")
        for at, column in enumerate(self.sheet.columns):
            if at != serial:
                filled |= np.array([bool(text) for text in column.texts], bool)[self.codes[at]]
        filled[: self.head.first] = False
        if self.head.program == PLAIN:
            for at, column in enumerate(self.sheet.columns[:3]):
                sums = np.array([bool(_SUM.fullmatch(text)) for text in column.texts], bool)
                filled &= ~sums[self.codes[at]]
        if self.head.unsubmitted and (at := self.head.fields.get("submitted", -1)) >= 0:
            there = np.array([bool(it) for it in self.sheet.columns[at].texts], bool)
            left = int((filled & ~there[self.codes[at]]).sum())
            if left:
                place = Place(self.file, self.sheet.name)
                self.problems.append(problem("voices-unsubmitted", place, count=left))
            filled &= there[self.codes[at]]
        return np.flatnonzero(filled)

    def _cells(self, at: int) -> Cells:
        texts = self.sheet.columns[at].texts
        # Headings and titles are no answers.
        used, codes = np.unique(self.codes[at][self.rows], return_inverse=True)
        return Cells(self.head.headings[at], [texts[one] for one in used.tolist()], codes)

    def _free(self, taken: set[int], kind: Kind) -> list[Cells]:
        """The columns that may be questions: they have a heading, and are nothing else."""
        head = self.head
        numbers = {name for one, name in _NUMBERS.items() if one is not kind}
        fields = {at for name, at in head.fields.items() if name not in numbers}
        gone = taken | fields | head.private | head.ignored
        return [self._cells(at) for at, heading in enumerate(head.headings)
                if heading and at not in gone]  # fmt: skip

    def _questions(
        self, free: list[Cells], asking: Asking, private: dict[int, dict[str, str]]
    ) -> list[Told]:
        asked: list[Told] = []
        by_heading = {closed(cells.heading): cells for cells in free}
        for id, said in self.head.setting.questions.items():
            mine = [
                by_heading.pop(key) for one in said.columns if (key := closed(one)) in by_heading
            ]
            if mine:
                asked.append(by_setting(mine, id, said, asking))
        # Where voices.yaml lists the questions, whatever else stands there is none.
        listed = bool(asked)
        rest = [cells for cells in free if closed(cells.heading) in by_heading]
        told, kept = ([], rest) if listed else understood(rest, asking)
        asked += told
        for cells in kept:
            _keep(private, cells)
        for one in asked:
            for place, text in one.written.items():
                private.setdefault(place, {})[one.question.id] = text
            if one.unknown:
                said_of = {"question": one.question.id, "scale": one.question.scale}
                listed_ones = "、".join(one.unknown[:_LISTED])
                where = Place(self.file, self.sheet.name)
                self.problems.append(
                    problem("voices-option-unknown", where, options=listed_ones, **said_of)
                )
        return asked

    def _school_column(self) -> int | None:
        """The column of schools: as voices.yaml says, or where most answers name one."""
        head = self.head
        if "school" in head.fields:
            return head.fields["school"]
        best, share = None, _ENOUGH
        for at, heading in enumerate(head.headings):
            if names_school(heading) and at not in head.fields.values():
                codes, answered = self._matched(at)
                met = float((codes[answered] >= 0).mean()) if answered.any() else 0.0
                if met >= share and (best is None or met > share):
                    best, share = at, met
        return best

    def _matched(self, at: int) -> tuple[Ints, Bools]:
        """Of every answer, the place of its school in the roster, or -1; and who named any."""
        cells = self._cells(at)
        places = {code: place for place, code in enumerate(self.reader.schools)}
        schools = Schools(self.reader.schools, self.reader.settings.aliases)
        to = np.array([places.get(schools.found(text), -1) for text in cells.texts], np.int64)
        said = np.array([bool(text) for text in cells.texts], bool)
        return to[cells.codes], said[cells.codes]

    def _schools(self, column: int | None) -> tuple[Ints | None, Mapping[str, int]]:
        """Of every answer its school, the last place for none; and what was not recognised."""
        none = len(self.reader.schools)
        found = np.full(len(self.rows), -1, np.int64)
        link = self.head.fields.get("link")
        if link is not None:
            cells = self._cells(link)
            places = {code: place for place, code in enumerate(self.reader.schools)}
            schools = Schools(self.reader.schools, {})
            to = [places.get(schools.linked(text), -1) for text in cells.texts]
            found = np.array(to, np.int64)[cells.codes]
        if column is None:
            # Nobody can say of whom the answers are.
            if not (found >= 0).any():
                return None, {}
            left = found < 0
            return np.where(left, none, found), {"": int(left.sum())} if left.any() else {}
        named, _ = self._matched(column)
        found = np.where(found >= 0, found, named)
        left = found < 0
        cells = self._cells(column)
        times = np.bincount(cells.codes[left], minlength=len(cells.texts))
        unknown = {cells.texts[at]: int(times[at]) for at in np.argsort(-times, kind="stable")
                   if times[at]}  # fmt: skip
        return np.where(left, none, found), unknown

    def _tell_unknown(self, unknown: Mapping[str, int]) -> None:
        if unknown:
            where = Place(self.file, self.sheet.name)
            said = {"count": sum(unknown.values()), "ways": len(unknown)}
            self.problems.append(problem("voices-school-unknown", where, settings=FILE, **said))

    def _tell_headings(self, at: Place) -> None:
        if self.head.twice:
            listed = "、".join(f"“{one}”" for one in self.head.twice[:_LISTED])
            self.problems.append(problem("voices-heading-twice", at, headings=listed))
        lost = [where for where in self.sheet.lost if where[0] >= self.head.first]
        if lost:
            first = Place(self.file, self.sheet.name, cell(*lost[0]))
            detail = self.sheet.lost[lost[0]]
            self.problems.append(
                problem("voices-cells-lost", first, count=len(lost), detail=detail)
            )

    def _whole(self, what: str) -> Ints:
        """How many a row stands for: 1 where no column says so; 0 where it says no number."""
        at = self.head.fields.get(what)
        if at is None:
            return np.ones(len(self.rows), np.int64)
        cells = self._cells(at)
        held = [int(text) if _COUNT.fullmatch(text) else -1 for text in cells.texts]
        found = np.array(held, np.int64)[cells.codes]
        for row in np.flatnonzero(found < 0)[:_LISTED].tolist():
            self._tell_count(row, cells.heading)
        return np.maximum(found, 0)

    def _tell_count(self, row: int, heading: str) -> None:
        at = self.head.column(heading) or 0
        place = Place(self.file, self.sheet.name, cell(int(self.rows[row]), at))
        held = self.sheet.text(int(self.rows[row]), at)
        self.problems.append(problem("voices-count", place, heading=heading, value=held))

    def _mapped(self, what: str, read: Any) -> Ints:
        at = self.head.fields.get(what)
        if at is None:
            return np.full(len(self.rows), -1, np.int64)
        cells = self._cells(at)
        return np.array([read(text) for text in cells.texts] or [-1], np.int64)[cells.codes]

    def _moments(self) -> Ints:
        found = self._mapped("submitted", moment)
        at = self.head.fields.get("submitted")
        if at is not None and (left := int((found < 0).sum())):
            where = Place(self.file, self.sheet.name, cell(self.head.row, at))
            self.problems.append(problem("voices-time-unknown", where, count=left))
        return found

    def _seconds(self) -> Ints:
        if "seconds" in self.head.fields:
            return self._mapped("seconds", span)
        begun, ended = self._mapped("started", moment), self._mapped("submitted", moment)
        return np.where((begun >= 0) & (ended >= begun), ended - begun, -1)

    def _sources(self) -> Ints:
        """Numbers of the places from which answers came; addresses themselves stand apart."""
        at = self.head.fields.get("source")
        if at is None:
            return np.full(len(self.rows), -1, np.int64)
        cells = self._cells(at)
        # 1.2.3.4(某省某市) is the place 1.2.3.4.
        bare = [re.split(r"[(（\s]", text, maxsplit=1)[0] for text in cells.texts]
        number = {text: place for place, text in enumerate(dict.fromkeys(filter(None, bare)))}
        return np.array([number.get(text, -1) for text in bare], np.int64)[cells.codes]


def _keep(private: dict[int, dict[str, str]], cells: Cells, which: Bools | None = None) -> None:
    """Puts a column among what is private, of all answers or some."""
    texts = cells.texts
    for place, code in enumerate(cells.codes.tolist()):
        if texts[code] and (which is None or which[place]):
            private.setdefault(place, {})[cells.heading] = texts[code]


def _serial(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else -1


def _named(file: str) -> str:
    """What a survey is called after its file: without the numbers that the site puts there."""
    stem = Path(file).stem
    parts = [part for part in stem.split("_") if part and not _OF_EXPORT.fullmatch(part)]
    return "_".join(parts) or stem
