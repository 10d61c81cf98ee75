"""Columns of a table -> questions, and what each answer says to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from inspections.records.voices import BLANK, Ints, Question
from inspections.round.trait_cells import closed
from inspections.voices.classes import CLASS, class_of
from inspections.voices.heads import divides_by, is_open, is_private, names_class
from inspections.voices.scales import Scales, bare, without_written
from inspections.voices.settings import QuestionSetting
from rubrics.messages.private_numbers import private_numbers

MOST_OPTIONS: Final = 30
"""A column with more different answers is no choice, unless voices.yaml says so."""

_LONGEST: Final = 40
_MOST_BITS: Final = 62
_OTHERS: Final = "其他"
_CHOSEN: Final = frozenset({"1", "Y", "√", "✓", "选中", "已选"})
_NOT_CHOSEN: Final = frozenset({"", "0", "N", "-", "未选中", "未选"})
_NUMBERED: Final = re.compile(r"(?:[Qq]|第)?(\d{1,3})\s*题?\s*(?:[、.．:：)）\s]|(?=[\[(（_])|$)")
_CODED: Final = re.compile(r"([A-Za-z]\w*)\[(\w+)\]")
_DASHES: Final = "—:：_-"
_BRACKETS: Final = {"]": "[", ")": "(", "）": "（"}
_FIGURE: Final = re.compile(r"-?\d{1,3}(?:\.\d{1,2})?")


class Cells(NamedTuple):
    """A column: its heading, each text once, and a code for every answer."""

    heading: str
    texts: Sequence[str]
    codes: Ints

    @property
    def counts(self) -> Ints:
        """How often each text comes."""
        return np.bincount(self.codes, minlength=len(self.texts))


class Told(NamedTuple):
    """A question with its codes; ``written``: by place, what somebody wrote in their own words;
    ``unknown``: options that the scale which voices.yaml names does not have.
    """

    question: Question
    codes: Ints
    written: Mapping[int, str] = {}
    unknown: tuple[str, ...] = ()


class Asking(NamedTuple):
    """By what columns are understood."""

    scales: Scales
    keywords: Mapping[str, Sequence[str]]
    joined: str
    blanks: frozenset[str]

    def is_blank(self, text: str) -> bool:
        """Returns whether a cell says that nothing was answered."""
        return not text or text in self.blanks


def ids_of(headings: Sequence[str]) -> list[str]:
    """Returns an id for each column: Q3; Q3.1, Q3.2 where several have one number; else itself."""
    stems = []
    for heading in headings:
        if found := _CODED.fullmatch(heading.strip()):
            number = _NUMBERED.fullmatch(found[1])
            stems.append(f"Q{number[1]}" if number else found[1])
        else:
            number = _NUMBERED.match(heading)
            stems.append(f"Q{int(number[1])}" if number else heading[:_LONGEST])
    found_ids, seen = [], dict.fromkeys(stems, 0)
    for stem in stems:
        seen[stem] += 1
        found_ids.append(f"{stem}.{seen[stem]}" if stems.count(stem) > 1 else stem)
    return found_ids


def text_of(heading: str, id: str) -> str:
    """Returns what a question asks: without its number, its part after a dash, however the site
    writes both.
    """
    found = _NUMBERED.match(heading) if id.startswith("Q") else None
    text = heading[found.end() :].strip() if found else heading
    stem, part = _parted(text)
    return f"{stem}—{part}" if "." in id and part else text or heading


def understood(columns: Sequence[Cells], asking: Asking) -> tuple[list[Told], list[Cells]]:
    """Returns the questions, in the order of their columns, and the columns that are private."""
    ids = ids_of([cells.heading for cells in columns])
    told: list[Told] = []
    private: list[Cells] = []
    done: set[int] = set()
    for place, (cells, id) in enumerate(zip(columns, ids, strict=True)):
        if place in done:
            continue
        stem = id.rpartition(".")[0]
        together = [at for at, it in enumerate(ids) if stem and it.rpartition(".")[0] == stem]
        if _are_marks([columns[at] for at in together], asking):
            done.update(together)
            told.append(_plainly(_of_marks(stem, [columns[at] for at in together], asking)))
        elif (one := _guessed(cells, id, asking)) is not None:
            told.append(_plainly(one))
        else:
            private.append(cells)
    return told, private


def _plainly(told: Told) -> Told:
    question = told.question
    text = text_of(question.text, question.id)
    return told._replace(question=replace(question, text=text))


def by_setting(columns: Sequence[Cells], id: str, said: QuestionSetting, asking: Asking) -> Told:
    """Returns the question that voices.yaml describes; of several columns the first filled says,
    or each says whether one option was chosen.
    """
    if _are_marks(columns, asking):
        return _of_marks(id, columns, asking, said)
    cells = columns[0]
    for other in columns[1:]:
        texts = [*cells.texts, *other.texts]
        empty = np.array([asking.is_blank(text) for text in cells.texts], bool)[cells.codes]
        codes = np.where(empty, other.codes + len(cells.texts), cells.codes)
        cells = Cells(cells.heading, texts, codes)
    if said.open:
        return _open(cells, id, said.text or cells.heading, asking)
    if said.many:
        return _many(cells, id, said.many, asking, said)
    if said.group == CLASS:
        return _classes(cells, id, asking, said)
    return _one(cells, id, asking, said.scale, said)


def _guessed(cells: Cells, id: str, asking: Asking) -> Told | None:
    """A question by what stands in its column; None where that is private."""
    labels = _labels(cells, asking)
    if names_class(cells.heading) and 2 * sum(map(bool, map(class_of, labels))) > len(labels):
        return _classes(cells, id, asking)
    scale = asking.scales.found(labels) if labels else ""
    if scale:
        return _one(cells, id, asking, scale)
    if is_private(cells.heading):
        return None
    if is_open(cells.heading):
        return _open(cells, id, cells.heading, asking)
    if asking.joined and any(asking.joined in label for label in labels):
        pieces = {part for label in labels for part in label.split(asking.joined)}
        if _are_options(pieces, len(cells.codes)):
            return _many(cells, id, asking.joined, asking)
    if not labels or _is_choice(cells, labels, asking):
        return _one(cells, id, asking)
    return _open(cells, id, cells.heading, asking)


def _labels(cells: Cells, asking: Asking) -> list[str]:
    found = (bare(without_written(text)[0]) for text in cells.texts if not asking.is_blank(text))
    return list(dict.fromkeys(found))


def _is_choice(cells: Cells, labels: Sequence[str], asking: Asking) -> bool:
    """Whether a column holds options, and not what people wrote: these come again and again."""
    told = [(text, count) for text, count in zip(cells.texts, cells.counts.tolist(), strict=True)
            if not asking.is_blank(text)]  # fmt: skip
    answered = sum(count for _, count in told)
    once = sum(count == 1 for _, count in told)
    return answered >= 2 * len(labels) and 5 * once <= len(told) and _are_options(labels, answered)


def _are_options(labels: Sequence[str] | set[str], answered: int) -> bool:
    figures = all(_FIGURE.fullmatch(label) for label in labels)
    most = 101 if figures else MOST_OPTIONS
    return (
        len(labels) <= most
        and 2 * len(labels) <= answered
        and all(len(label) <= _LONGEST for label in labels)
        and (figures or not any(map(private_numbers, labels)))
    )


def _one(
    cells: Cells, id: str, asking: Asking, scale: str = "", said: QuestionSetting | None = None
) -> Told:
    meaning = {closed(key): value for key, value in said.options.items()} if said else {}
    labels: list[str | None] = []
    written: dict[int, str] = {}
    for place, text in enumerate(cells.texts):
        if asking.is_blank(text):
            labels.append(None)
            continue
        label, own = without_written(text)
        labels.append(meaning.get(closed(text)) or meaning.get(closed(label)) or bare(label))
        if own:
            written[place] = own
    options = list(dict.fromkeys(label for label in labels if label is not None))
    unknown: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    satisfied, group = 0, said.group if said else ""
    if scale:
        at = dict(zip(options, asking.scales.levels(scale, options), strict=True))
        unknown = tuple(option for option in options if at[option] is None)
        options.sort(key=lambda option: (at[option] or 99, option))
        levels = tuple(at[option] or 0 for option in options)
        known = asking.scales.known[scale]
        satisfied = known.satisfied
        group = group or (scale if known.divides else "")
    elif all(_FIGURE.fullmatch(option) for option in options):
        options.sort(key=float)
    place_of = {option: place for place, option in enumerate(options)}
    to = np.array([BLANK if it is None else place_of[it] for it in labels] or [BLANK], np.int64)
    text = (said.text if said else "") or cells.heading
    group = group or divides_by(text)
    question = Question(id, text, "one", tuple(options), levels, scale, satisfied, group)
    return Told(question, to[cells.codes], _rows(cells, written), unknown)


def _classes(cells: Cells, id: str, asking: Asking, said: QuestionSetting | None = None) -> Told:
    """Classes under one name each; what names none is private, as it may be of a person."""
    meaning = {closed(key): value for key, value in said.options.items()} if said else {}
    typed = ["" if asking.is_blank(text) else meaning.get(closed(text), text)
             for text in cells.texts]  # fmt: skip
    found = [class_of(text) for text in typed]
    own = {at: text for at, text in enumerate(typed) if text and not found[at]}
    named = ["".join(one) if one else "" for one in found]
    told = _one(cells._replace(texts=named), id, asking)
    text = (said.text if said else "") or cells.heading
    return Told(replace(told.question, text=text, group=CLASS), told.codes, _rows(cells, own))


def _many(
    cells: Cells, id: str, joined: str, asking: Asking, said: QuestionSetting | None = None
) -> Told:
    meaning = {closed(key): value for key, value in said.options.items()} if said else {}
    chosen: list[list[str]] = []
    written: dict[int, str] = {}
    for place, text in enumerate(cells.texts):
        parts = [] if asking.is_blank(text) else text.split(joined)
        pairs = [without_written(part.strip()) for part in parts if part.strip()]
        chosen.append([meaning.get(closed(label)) or bare(label) for label, _ in pairs])
        if own := "；".join(filter(None, (own for _, own in pairs))):
            written[place] = own
    options = sorted({label for labels in chosen for label in labels})[:_MOST_BITS]
    bit = {option: 1 << place for place, option in enumerate(options)}
    values = [sum(bit.get(label, 0) for label in dict.fromkeys(it)) for it in chosen]
    to = np.array([value or BLANK for value in values] or [BLANK], np.int64)
    text = (said.text if said else "") or cells.heading
    question = Question(id, text, "many", tuple(options), group=said.group if said else "")
    return Told(question, to[cells.codes], _rows(cells, written))


def _are_marks(columns: Sequence[Cells], asking: Asking) -> bool:
    """Whether each of some columns says of one option whether it was chosen."""
    blank = all(asking.is_blank(text) for cells in columns for text in cells.texts)
    return len(columns) > 1 and not blank and all(_is_mark(cells, asking) for cells in columns)


def _is_mark(cells: Cells, asking: Asking) -> bool:
    label = _parted(cells.heading)[1]
    if label.startswith(_OTHERS):
        return True  # people may write there what else it is
    held = set(cells.texts)
    marks = _CHOSEN | _NOT_CHOSEN | asking.blanks | {label}
    # Yes and no in one column answer a question.
    return bool(label) and held <= marks and not {"Y", "N"} <= held


def _parted(heading: str) -> tuple[str, str]:
    """A heading, and the option or part of a question behind it: 活动 [体育], 活动—体育."""
    text = heading.strip()
    if opening := _BRACKETS.get(text[-1:]):
        at = text.rfind(opening)
        return (text[:at].strip(), text[at + 1 : -1].strip()) if at >= 0 else (text, "")
    at = max(map(text.rfind, _DASHES))
    return (text[:at].rstrip(_DASHES + " "), text[at + 1 :].strip()) if at >= 0 else (text, "")


def _of_marks(
    id: str, columns: Sequence[Cells], asking: Asking, said: QuestionSetting | None = None
) -> Told:
    meaning = {closed(key): value for key, value in said.options.items()} if said else {}
    labels = [_parted(cells.heading)[1] for cells in columns]
    named = [meaning.get(closed(label), label) for label in labels]
    options = sorted(set(named))[:_MOST_BITS]
    bits = np.zeros(len(columns[0].codes), np.int64)
    written: dict[int, str] = {}
    for cells, label, name in zip(columns, labels, named, strict=True):
        other = label.startswith(_OTHERS)
        marks = [text in _CHOSEN or text == label for text in cells.texts]
        own = [
            other and not mark and text not in _NOT_CHOSEN and not asking.is_blank(text)
            for mark, text in zip(marks, cells.texts, strict=True)
        ]
        chosen = np.array(marks, bool) | np.array(own, bool)
        bit = 1 << options.index(name) if name in options else 0
        bits |= np.where(chosen[cells.codes], bit, 0)
        theirs = {at: text for at, text in enumerate(cells.texts) if own[at]}
        written |= _rows(cells, theirs)
    stem = _parted(columns[0].heading)[0] or id
    question = Question(id, (said.text if said else "") or stem, "many", tuple(options))
    return Told(question, np.where(bits > 0, bits, BLANK), written)


def _open(cells: Cells, id: str, text: str, asking: Asking) -> Told:
    """Free text, sorted into kinds by the bureau's keywords; what was written is private."""
    kinds = [*asking.keywords][: _MOST_BITS - 1]
    values: list[int] = []
    written: dict[int, str] = {}
    for place, said in enumerate(cells.texts):
        if asking.is_blank(said):
            values.append(BLANK)
            continue
        written[place] = said
        found = sum(1 << at for at, kind in enumerate(kinds)
                    if any(word in said for word in asking.keywords[kind]))  # fmt: skip
        values.append(found or 1 << len(kinds))
    question = Question(id, text, "open", (*kinds, _OTHERS))
    return Told(question, np.array(values or [BLANK], np.int64)[cells.codes], _rows(cells, written))


def _rows(cells: Cells, written: Mapping[int, str]) -> dict[int, str]:
    """By answer, what stands at some of the texts."""
    if not written:
        return {}
    on = np.isin(cells.codes, list(written))
    return {at: written[code] for at, code in
            zip(np.flatnonzero(on).tolist(), cells.codes[on].tolist(), strict=True)}  # fmt: skip
