"""A paragraph of the bulletin, and the figures that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from reports.official.values import close_up
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import nested

Table: TypeAlias = Literal["scores", "indicators", ""]
Take: TypeAlias = Literal["rows", "schools", "full", "mean", "value", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a paragraph: what it says, its text as printed, and where it comes from.

    ``table``: the file in ``results/`` whose rows it is of, those that hold one of the values in
    each of the columns ``where``. ``take``: how many rows, how many schools in them, how many rows
    without a loss (``full``), the mean of ``column``, or its value in the one row. Without a table
    ``source`` says where it stands.
    """

    name: str
    text: str
    source: str = ""
    table: Table = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    take: Take = ""
    column: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", outgoing(self.text))


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph as it is printed."""

    text: str
    figures: tuple[Figure, ...] = ()

    def __post_init__(self) -> None:
        # Names of things bring quotation marks of their own.
        object.__setattr__(self, "text", nested(close_up(outgoing(self.text))))

    def put(self, said: Callable[[str], str]) -> Told:
        """Returns the paragraph and the names of its figures as ``said`` words them."""
        figures = (replace(it, name=said(it.name), source=said(it.source)) for it in self.figures)
        return Told(said(self.text), tuple(figures))


def of_scores(
    name: str,
    text: object,
    take: Take = "rows",
    column: str = "",
    **where: str | Iterable[str],
) -> Figure:
    """Returns a figure of ``results/scores.csv``; ``where``: values by column."""
    return Figure(name, str(text), "", "scores", _where(where), take, column)


def of_indicators(
    name: str,
    text: object,
    take: Take = "rows",
    column: str = "",
    **where: str | Iterable[str],
) -> Figure:
    """Returns a figure of ``results/indicators.csv``; ``where``: values by column."""
    return Figure(name, str(text), "", "indicators", _where(where), take, column)


def _where(where: dict[str, str | Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (column, (held,) if isinstance(held, str) else tuple(held))
        for column, held in where.items()
    )
