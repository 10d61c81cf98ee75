"""The key of a round, with which its sheets are sealed (see ``workbook.identity``)."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

MARKING: Final = "2-"
"""How the key of a round begins whose marked copies have a seal of their own."""

_DIGITS: Final = 16


def new_key() -> str:
    """Returns a key that nobody can guess."""
    return MARKING + secrets.token_hex(16)


def key_digest(key: str) -> str:
    """Returns by what a key is known without being told: empty where there is none."""
    return hashlib.sha256(key.encode()).hexdigest()[:_DIGITS] if key else ""
