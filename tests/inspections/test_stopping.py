"""What system errors are told as."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from inspections.ledger.stopping import stopped


class OfSqliteError(sqlite3.OperationalError):
    def __init__(self, code: int) -> None:
        super().__init__("said")
        self.sqlite_errorcode = code


class OfPostgresError(Exception):
    def __init__(self, state: str | None) -> None:
        super().__init__("said")
        self.sqlstate = state


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "no space", "reports/甲.pdf"), "disk-full"),
        (OSError(errno.EDQUOT, "quota"), "disk-full"),
        (OSError(errno.EIO, "input/output error", b"a"), "file-refused"),
        (PermissionError(errno.EACCES, "denied", "round.yaml"), "file-refused"),
        (OSError("of our own"), None),
        (ValueError("a bug"), None),
    ],
)
def test_errors_of_the_system(error: Exception, code: str | None) -> None:
    found = stopped(error)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, "disk-full"),
        (sqlite3.SQLITE_BUSY, "ledger-busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "ledger-busy"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "ledger-readonly"),
        (sqlite3.SQLITE_CANTOPEN, "ledger-readonly"),
        (sqlite3.SQLITE_IOERR_FSYNC, "file-refused"),
        (sqlite3.SQLITE_NOTADB, "ledger-unreadable"),
        (sqlite3.SQLITE_MISUSE, None),
    ],
)
def test_errors_of_the_ledger(number: int, code: str | None) -> None:
    found = stopped(OperationalError("INSERT", None, OfSqliteError(number)))
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "disk-full"),
        ("55P03", "ledger-busy"),
        ("08006", "ledger-unreachable"),
        (None, "ledger-unreachable"),
        ("42601", None),
    ],
)
def test_errors_of_a_shared_ledger(state: str | None, code: str | None) -> None:
    found = stopped(OperationalError("INSERT", None, OfPostgresError(state)))
    assert (found and found.code) == code
