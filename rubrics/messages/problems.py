"""What a user got wrong, as a value: where it is, what is wrong, what to do.

Every stage of the toolkit returns ``(result, problems)``; nothing that a user can cause is raised.
The words stand in :mod:`rubrics.messages.catalogue`, one entry a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.outgoing import WITHHELD, outgoing
from rubrics.messages.plain_text import nested, one_line, plain

_CODES: Final = {"id", "code", "school"}
"""Parameters that may be codes of digits: these are never taken for a person's number."""

_QUOTED: Final = {
    "quote",
    "value",
    "other",
    "name",
    "why",
    "meaning",
    "detail",
    "text",
    "cast",
    "have",
    "due",
    "satisfied",
    "returned",
    "sent",
}
"""Parameters that say what somebody typed."""


def spoken(text: str) -> str:
    """Returns a text of ours, in which nothing typed stands, in the words of what is inspected."""
    said = _SAID.get()
    return said(text) if said else text


_SAID: Final[ContextVar[Callable[[str], str] | None]] = ContextVar("said", default=None)
_OURS: Final = frozenset({"detail", "what", "expected", "write"})
"""Parameters that programs fill with words of their own; what is quoted in them is typed."""

_ADDED: Final = {"quote": "", "effect": ""}
"""Parameters that problems of former versions, as ledgers keep them, do not have."""


class Severity(StrEnum):
    """How bad: an error keeps something from counting, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was typed.

    ``cell`` is an A1 reference in a workbook (``H12``), a line and path in a YAML file
    (``第 12 行 dimensions.A.indicators.A1``), or empty when the whole file is meant.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        shown = self.shown
        return " ".join(part for part in (shown.file, shown.sheet, shown.cell) if part)

    @property
    def shown(self) -> Place:
        """The place as it may be printed: people give files and sheets their names."""
        return Place(*(one_line(outgoing(part)) for part in (self.file, self.sheet, self.cell)))


class _Worded:
    """``said`` is no part of what is compared and stored, as fields of a dataclass are."""

    __slots__ = ("said",)
    said: Callable[[str], str] | None


@dataclass(frozen=True, slots=True, order=True)
class Problem(_Worded):
    """One mistake of a user. Build it with :func:`problem`, which checks the code.

    ``params`` hold what was typed; ``message`` and ``remedy`` quote it as it may be shown.
    ``said`` puts texts of ours in the words of what was inspected when it was found; None where
    that was not known yet.
    """

    place: Place
    code: str
    params: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", _SAID.get())

    def __reduce__(self) -> tuple[object, ...]:
        # Where it arrives it is worded as all there.
        return Problem, (self.place, self.code, self.params)

    @property
    def severity(self) -> Severity:
        """How bad, as the catalogue says."""
        return Severity(CATALOGUE[self.code][0])

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return self._told(1)

    @property
    def remedy(self) -> str:
        """What to do about it, in Chinese."""
        return self._told(2)

    def _told(self, part: int) -> str:
        text, said = CATALOGUE[self.code][part], self.said or _SAID.get()
        # Whoever prints it ends the sentence, which what it is told of may have done.
        whole = (said(text) if said else text).format_map(self._shown(said))
        return nested(whole).removesuffix("。")

    def _shown(self, said: Callable[[str], str] | None) -> dict[str, str]:
        params = ((name, said(it) if said and name in _OURS else it) for name, it in self.params)
        return _ADDED | {
            name: one_line(plain(value) if name in _CODES else outgoing(value))
            for name, value in params
        }


def speak_of(said: Callable[[str], str] | None) -> None:
    """Notes how messages are worded from now on: ``said`` puts a text of ours in the words of what
    is inspected; None where that is not known, and they speak of schools. What people typed stays
    as it is. A problem keeps the words in which it was found.
    """
    _SAID.set(said)


@contextmanager
def words_kept() -> Iterator[None]:
    """Words messages afterwards as before, whatever is read meanwhile."""
    before = _SAID.get()
    try:
        yield
    finally:
        _SAID.set(before)


def problem(code: str, place: Place, /, **params: object) -> Problem:
    """Returns the problem ``code`` at ``place``.

    The parameters are those that the catalogue's texts name; a code or a parameter that the
    catalogue lacks is a bug of ours and raises ``KeyError`` at once, not when it is printed.
    """
    made = Problem(place, code, tuple((name, str(value)) for name, value in params.items()))
    _ = made.message, made.remedy
    return made


def withheld(item: Problem) -> Problem:
    """Returns the problem without what was typed: it is about something secret."""
    params = tuple((name, WITHHELD if name in _QUOTED else value) for name, value in item.params)
    return Problem(item.place, item.code, params)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error (exit status 1 of the commands)."""
    return any(item.severity is Severity.ERROR for item in problems)
