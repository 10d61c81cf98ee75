"""Commands as they stand in messages: to be typed as they are printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

FOLDER: Final = "DIR"
"""What stands in commands of messages for the round's folder, until somebody knows it."""

_PLAIN: Final = re.compile(r"[^\s\"'`$&|<>;()*?!#~{}\[\]%^,=]+")
"""What cmd, PowerShell and the shells of Unix take as one word as it is."""


def command(*words: str | Path) -> str:
    """Returns a command of this program; words that hold blanks or signs stand in quotes.

    >>> command("run", Path("2026 秋"))
    'scoring run "2026 秋"'
    """
    return " ".join(["scoring", *(quoted(str(word)) for word in words)])


def quoted(word: str) -> str:
    """Returns a word as it is typed on any system."""
    return word if _PLAIN.fullmatch(word) else f'"{word}"'
