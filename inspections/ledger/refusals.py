"""Ledgers that this version of the program cannot add to."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError


class ForeignLedgerError(DatabaseError):
    """There is a database, and it is no ledger that this version can add to."""

    def __init__(self, detail: str, *, shared: bool) -> None:
        super().__init__(detail, None, Exception(detail))
        self.shared = shared


class OtherRoundError(DatabaseError):
    """The ledger belongs to another round of the same id."""

    def __init__(self, round: str) -> None:
        super().__init__(round, None, Exception(round))


class NewerLedgerError(DatabaseError):
    """The ledger was written by a later version of the program."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, None, Exception(detail))
