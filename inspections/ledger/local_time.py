"""Times of the ledger, which keeps UTC, as the clocks of the office show them."""

from __future__ import annotations

from datetime import datetime


def local_time(at: str) -> str:
    """Returns ``2026-11-28 07:51:02（UTC+08:00）``; what is no time as it is.

    ``at``: a time with its zone, in ISO 8601. The zone is that of this computer.
    """
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    if moment.tzinfo is None:
        return at
    here = moment.astimezone()
    zone = f"{here:%z}"
    return f"{here:%Y-%m-%d %H:%M:%S}（UTC{zone[:3]}:{zone[3:5]}）"
