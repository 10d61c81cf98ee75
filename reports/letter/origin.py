"""What a letter is drawn from, as one digest: while that is the same, it need not be drawn anew."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import reports.type
from inspections.round.program import library_version
from inspections.round.regular_files import digest_there

if TYPE_CHECKING:
    from reports.type.archival import About
    from reports.type.blocks import Block

_LIBRARIES = ("reportlab", "fonttools", "pillow", "pylopdf-fonts-zh-cn")


def drawn_by(fonts: Path | None) -> str:
    """Returns the digest of what draws: our own typesetting, the libraries, and the font files.

    ``fonts``: a folder with licensed fonts.
    """
    return _digest(_drawing(fonts))


def origin(blocks: Iterable[Block], about: About, drawing: str) -> str:
    """Returns the digest of all that a letter is drawn from.

    ``blocks``: all that stands in it, with its photographs as they were collected. ``drawing``:
    as ``drawn_by`` gives it.
    """
    return _digest([drawing, repr(about), *map(repr, blocks)])


def _drawing(fonts: Path | None) -> Iterator[str]:
    yield zlib.ZLIB_RUNTIME_VERSION
    for name in _LIBRARIES:
        yield f"{name} {library_version(name)}"
    for folder in reports.type.__path__:
        for source in sorted(Path(folder).glob("*.py")):
            yield f"{source.name} {digest_there(source)}"
    if fonts:
        from reports.type.licensed import font_files

        for file in font_files(fonts):
            yield f"{file.name} {digest_there(file)}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()
