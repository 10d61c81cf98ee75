"""Makes the templates that ship anew: ``python -m reports.official.remaking``.

A folder of ``reports/`` that has templates has a ``drafts.py`` with ``DRAFTS``: file names, each
with a function that returns its :class:`~reports.official.draft.Draft`. The files stand beside it
in ``templates/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

_ROOM = Path(__file__).resolve().parents[1]


def drafts() -> Iterator[tuple[Path, bytes]]:
    """Yields where each template stands, and what is to stand there."""
    for path in sorted(_ROOM.glob("*/drafts.py")):
        module = import_module(f"reports.{path.parent.name}.drafts")
        for name, made in module.DRAFTS.items():
            yield path.parent / "templates" / name, made().content()


def remake() -> None:
    """Writes them all."""
    for path, content in drafts():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    remake()
