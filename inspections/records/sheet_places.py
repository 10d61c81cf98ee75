"""Where the entries of one owner stand on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rubrics.messages.problems import Place


@dataclass(frozen=True, slots=True, eq=False)
class SheetPlaces(Mapping[str, Place]):
    """The places of one owner's cells on one sheet, made when asked for."""

    file: str
    sheet: str
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> Place:
        return Place(self.file, self.sheet, self.cells[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)
