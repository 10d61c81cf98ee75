"""What letters are signed with, once it has been unlocked; plain data, so that processes share it.

Whoever signs opens it for itself (``signer``): neither keys nor sessions of a token can be handed
from one process to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer


@dataclass(frozen=True, slots=True)
class Key:
    """``pkcs12``: the contents of a file, or empty for a token, which the next three name.

    ``secret``: the password or PIN. ``timestamp``: the address of a time-stamp server; empty for
    none.
    """

    secret: str = field(repr=False)
    pkcs12: bytes = field(default=b"", repr=False)
    module: str = ""
    token: str = ""
    label: str = ""
    timestamp: str = ""


@lru_cache(1)
def signer(key: Key) -> Signer:
    """Returns what makes signatures with a key, for as long as the process lives."""
    if key.pkcs12:
        from reports.signing.opened_key import opened_key

        return opened_key(key.pkcs12, key.secret)
    from reports.signing.token import token_signer

    return token_signer(key)
