"""A file that is asked for and is none."""

from __future__ import annotations

from pathlib import Path

from rubrics.messages.problems import Place, Problem, problem


def not_there(path: Path, name: str = "") -> Problem:
    """Returns what is wrong with a path at which no file is; ``name``: how the problem names it.

    Codes: file-missing; file-folder where a folder is there.
    """
    named = name or str(path)
    code = "file-folder" if path.is_dir() else "file-missing"
    return problem(code, Place(named), name=named)
