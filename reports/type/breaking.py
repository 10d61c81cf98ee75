"""Chinese text broken into lines.

After GB/T 15834: a line never begins with a stop or a closing mark and never ends with an
opening one. Numbers stay with their units, dates, document numbers and Latin words stay whole.
A piece that cannot be broken is found by one pattern; a line takes pieces while they fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.type.punctuation import CLOSING, CLOSING_FULL, OPENING, half, squeeze

_EM = 1000
# A line may be set this much tighter, relative to its measure, to take one more closing mark.
_TIGHTER = 0.02
# Wider gaps than this, in em, look worse than a line that does not reach the margin.
_LOOSEST = 0.45
# Sums of widths that should be equal may differ in the last bits; 1/1000 em.
_ROUNDING = 1e-6

_UNITS = (
    "年月日时分秒周天期节岁号个名人次所校班级处项条款章件份张页例批台套间桌盒袋克吨升米亩元万亿℃"
    "钟餐家户笔门层位组场轮届遍顿瓶箱包碗碟册篇题票堂"
)
_LATIN = r"[A-Za-zÀ-ɏ]"
_WORD = rf"{_LATIN}[A-Za-zÀ-ɏ0-9]*(?:[-_’'./@:&+~=?%#][A-Za-zÀ-ɏ0-9]+)*"
_NUMBER = (
    r"[-+±≥≤≈]?[0-9]+(?:[.,:/×xX～~—–-]+[0-9]+)*"
    rf"(?: ?(?:{_LATIN}+[0-9²³]*|[%％‰℃°²³])|[{_UNITS}]+)?"
)
_DATE = r"[0-9]{2,4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日"
_ARTICLE = rf"第 ?[0-9]+(?:[-—～][0-9]+)? ?[{_UNITS}]?|〔[0-9]{{4}}〕第?[0-9]+号"
_PAIR = r"——|……"
_OPENERS = rf"(?:[{re.escape(OPENING)}] *)*"
_CLOSERS = rf"(?: *[{re.escape(CLOSING)}])* *"
_PIECE = re.compile(
    rf"{_OPENERS}(?:{_DATE}|{_ARTICLE}|{_NUMBER}|{_WORD}|{_PAIR}|.){_CLOSERS}", re.DOTALL
)
_CHARACTER = re.compile(rf"{_OPENERS}.{_CLOSERS}", re.DOTALL)
# The inside of a Latin word or a number, which justification does not spread.
TIGHT = re.compile(r"[A-Za-z0-9À-ɏ.,:/_@%~-]+(?=[A-Za-z0-9À-ɏ.,:/_@%~-])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    ``width`` is its natural width in points, with the tracking of all characters: on a grid of
    squares a line is as wide as its squares, whatever is in the last one. Each gap that may be
    spread gets ``extra`` points (fewer than 0: set tighter). Half-width marks stand in ``text``
    in their own forms.
    """

    text: str
    width: float
    extra: float = 0.0


def loose(text: str) -> int:
    """Returns how many characters of the text justification may add space after."""
    return len(text) - sum(len(match.group()) for match in TIGHT.finditer(text))


def break_lines(
    text: str,
    widths: Mapping[str, int],
    size: float,
    measure: float,
    *,
    indent: float = 0.0,
    tracking: float = 0.0,
    justify: bool = True,
    lead: int = 0,
    lead_widths: Mapping[str, int] | None = None,
) -> tuple[Line, ...]:
    """Returns the lines of one paragraph, at least one.

    ``widths`` are 1/1000 em; ``size`` (of type), ``measure``, ``indent`` (of the first line) and
    ``tracking`` (added to every character) are points. Line feeds in the text end lines. All
    other characters come back in order; spaces at a line's end do not count for its width. The
    first ``lead`` characters may be in another face, with ``lead_widths``.
    """
    em = size / _EM
    limit, spacing = measure / em, tracking / em
    lines: list[Line] = []
    for part in text.splitlines() or [""]:
        squeezed = squeeze(part)
        advances = [widths[character] for character in squeezed]
        if lead and lead_widths is not None:
            advances[:lead] = [lead_widths[character] for character in squeezed[:lead]]
        ends = list(accumulate((advance + spacing for advance in advances), initial=0.0))
        first = limit - (0 if lines else indent / em)
        for start, stop, closed in _cuts(squeezed, ends, widths, first, limit, justify):
            shown = squeezed[start:stop]
            ink = start + len(shown.rstrip(" "))
            width = ends[ink] - ends[start]
            if closed:
                width -= _saved(squeezed[ink - 1], widths)
                shown = shown[: ink - 1 - start] + half(squeezed[ink - 1]) + shown[ink - start :]
            full = limit if start or lines else first
            extra = 0.0
            if justify and (stop < len(squeezed) or width > full):
                extra = _spread(full - width, loose(shown.rstrip(" ")) - 1)
            lines.append(Line(shown, width * em, extra * em))
        lead = 0
    return tuple(lines)


def _spread(slack: float, count: int) -> float:
    each = slack / count if count > 0 else 0.0
    return each if each <= _LOOSEST * _EM else 0.0


def _saved(mark: str, widths: Mapping[str, int]) -> int:
    """What a mark's half-width form saves; nothing where the font has none."""
    return widths[mark] - widths[half(mark)] if mark in CLOSING_FULL else 0


def _cuts(
    text: str,
    ends: Sequence[float],
    widths: Mapping[str, int],
    first: float,
    limit: float,
    justify: bool,
) -> Iterator[tuple[int, int, bool]]:
    """Yields start, stop and whether the last mark is half width, for each line."""
    if ends[-1] <= first + _ROUNDING:
        yield 0, len(text), False
        return
    start = stop = 0
    room = first
    todo = [match.end() for match in _PIECE.finditer(text)][::-1]
    while todo:
        end = todo.pop()
        ink = end
        while ink > stop + 1 and text[ink - 1] == " ":
            ink -= 1
        width = ends[ink] - ends[start]
        if width <= room + _ROUNDING:
            stop = end
            continue
        tight = room * (1 + _TIGHTER) if justify else room
        saved = _saved(text[ink - 1], widths)
        if saved and width - saved <= tight:
            yield start, end, True
            start = stop = end
            room = limit
            continue
        if stop > start:  # the piece begins the next line
            yield start, stop, False
            start = stop
            room = limit
            todo.append(end)
        elif end - start > 1:  # wider than a whole line: break it after all
            todo += _smaller(text, start, end)[::-1]
        else:
            stop = end
    if stop > start:
        yield start, stop, False


def _smaller(text: str, start: int, end: int) -> list[int]:
    """The ends of smaller pieces of a piece: first by character with its marks, then bare."""
    ends = [match.end() for match in _CHARACTER.finditer(text, start, end)]
    return ends if len(ends) > 1 else list(range(start + 1, end + 1))
