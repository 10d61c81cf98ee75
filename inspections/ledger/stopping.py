"""What stops a command outright, through nobody's mistake: a full disk, a ledger in use."""

from __future__ import annotations

import os
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError

from inspections.ledger.refusals import ForeignLedgerError, NewerLedgerError, OtherRoundError
from rubrics.messages.output import FULL
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import BROKEN, in_chinese

_LEDGER: Final = "ledger.db"
_SHARED: Final = "共用台账"
_PRIMARY: Final = 0xFF
"""SQLite's extended error codes have the primary one in their last byte."""


def stopped(error: BaseException) -> Problem | None:
    """Returns what a system error that ended a command means to the user; None for a bug of ours.

    Codes: disk-full, file-refused, ledger-newer, ledger-foreign, ledger-other-round, ledger-busy,
    ledger-readonly, ledger-unreadable, ledger-unreachable.
    """
    match error:
        case NewerLedgerError():
            return problem("ledger-newer", Place(_LEDGER))
        case ForeignLedgerError():
            return problem("ledger-foreign", Place(_SHARED if error.shared else _LEDGER))
        case OtherRoundError():
            return problem("ledger-other-round", Place(_SHARED), id=error.statement)
        case DBAPIError():
            if isinstance(error.orig, sqlite3.Error):
                return _file_ledger(error.orig)
            return _shared_ledger(error)
        case OSError(errno=number) if number in FULL:
            name = _name(error.filename)
            return problem("disk-full", Place(name), name=name or "文件")
        case OSError() if error.filename is not None:
            name = _name(error.filename)
            return problem("file-refused", Place(name), name=name, detail=in_chinese(error))
    return None


def _name(filename: object) -> str:
    return os.fsdecode(filename) if isinstance(filename, str | bytes | os.PathLike) else ""


def _file_ledger(error: sqlite3.Error) -> Problem | None:
    where = Place(_LEDGER)
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return problem("disk-full", where, name=_LEDGER)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return problem("ledger-busy", where)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return problem("ledger-readonly", where)
        case sqlite3.SQLITE_IOERR:
            return problem("file-refused", where, name=_LEDGER, detail=BROKEN)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return problem("ledger-unreadable", where)
    return None


def _shared_ledger(error: DBAPIError) -> Problem | None:
    """PostgreSQL's classes of errors: 53 no resources, 55 and 40 others are at it, 08 and 57 gone.

    Without a state no connection was made.
    """
    state = getattr(error.orig, "sqlstate", None) or ""
    where = Place(_SHARED)
    if state == "53100":
        return problem("disk-full", where, name=_SHARED)
    if state[:2] in ("55", "40"):
        return problem("ledger-busy", where)
    if state[:2] in ("", "08", "53", "57"):
        return problem("ledger-unreachable", where)
    return None
