"""A workbook that came back, opened in a process of its own with limits of memory and time."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException

from inspections.workbook.reading.beside import Beside, not_too_many
from inspections.workbook.reading.embedded import Embedded, embedded_in_ods, embedded_in_xlsx
from inspections.workbook.reading.ods_objects import objects_in_ods
from inspections.workbook.reading.packed import SuspiciousError, parts_of
from inspections.workbook.reading.standard import by_the_standard
from inspections.workbook.reading.xls_objects import objects_in_xls
from inspections.workbook.reading.xlsx_objects import objects_in_xlsx
from rubrics.apart import crew
from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import cheap, within_limits
from rubrics.tables.addresses import cell
from rubrics.tables.contents import DAMAGED, content_of
from rubrics.tables.reading import MOST_BYTES, read_sheets
from rubrics.tables.sheet import Sheet, UnreadableError
from rubrics.tables.xls_records import records_of


@dataclass(frozen=True, slots=True)
class Opened:
    """``digest``: SHA-256 of the file; ``beside``: what it holds beside cells."""

    digest: str
    sheets: tuple[Sheet, ...]
    beside: tuple[Beside, ...]


def opened_rows(path: Path) -> Opened:
    """Returns what a file holds; raises ``UnreadableError`` with the reason, and ``OSError``."""
    try:
        return within_limits(_opened, path)
    except BeyondLimitsError as error:
        raise UnreadableError(str(error)) from error


def all_opened(paths: Sequence[Path]) -> dict[Path, Opened | Exception]:
    """Returns the same of many files, one after another in one process; what was raised, by file.

    A file that takes too much, or takes the process with it, costs no other file anything.
    """
    return dict(crew.answers(paths, _opened_or_why, _refused, 1, cheap()))


def _opened_or_why(path: Path) -> Opened | Exception:
    try:
        return _opened(path)
    except (UnreadableError, OSError) as error:
        return error


def _refused(path: Path, reason: str) -> Opened | Exception:
    del path
    return UnreadableError(reason)


def _opened(path: Path) -> Opened:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    try:
        content = content_of(data) if len(data) <= MOST_BYTES else ""
        usual = by_the_standard(data) if content == "xlsx" else None
        sheets = read_sheets(usual.readable if usual else data)
        beside = _beside(usual.data if usual else data, content, sheets)
    except UnreadableError:
        raise
    except SuspiciousError as error:
        raise UnreadableError(str(error)) from error
    except (
        BadZipFile, DefusedXmlException, IndexError, KeyError, NotImplementedError, ParseError,
        ValueError, struct.error, zlib.error,
    ) as error:  # fmt: skip
        raise UnreadableError(DAMAGED) from error
    return Opened(hashlib.sha256(data).hexdigest(), tuple(sheets), beside)


def _beside(data: bytes, content: str, sheets: list[Sheet]) -> tuple[Beside, ...]:
    match content:
        case "xlsx":
            with parts_of(data) as parts:
                held = _pictures(*embedded_in_xlsx(parts))
                return not_too_many([*objects_in_xlsx(parts, data), *held])
        case "ods":
            with parts_of(data) as parts:
                held = _pictures(*embedded_in_ods(parts))
                return not_too_many([*objects_in_ods(parts), *held])
        case "xls":
            names = [sheet.name for sheet in sheets]
            return not_too_many(objects_in_xls(names, list(records_of(data))))
    return ()


def _pictures(held: Sequence[Embedded], all_placed: bool) -> Iterator[Beside]:
    """A picture proves nothing where it is pasted: it has no name that a reply could give."""
    for one in held:
        yield Beside("图片", one.sheet, cell(one.row, one.column))
    if not all_placed:
        yield Beside("不在任何一格的图片")
