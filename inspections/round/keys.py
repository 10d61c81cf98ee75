"""The key of a round, with which its sheets are sealed (see ``workbook.identity``)."""

from __future__ import annotations

import secrets
from typing import Final

MARKING: Final = "2-"
"""How the key of a round begins whose marked copies have a seal of their own."""


def new_key() -> str:
    """Returns a key that nobody can guess."""
    return MARKING + secrets.token_hex(16)
