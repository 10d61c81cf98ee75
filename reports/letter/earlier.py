"""Letters of earlier runs: those of schools that no longer get one are taken away."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from rubrics.output import remove, write_whole
from rubrics.problems import Problem

LIST = ".written"
"""Beside the letters: what the last run wrote, one ``digest  RUBRIC/SCHOOL.pdf`` a line."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\]+/[^/\\]+\.pdf)")


def clear_away(
    letters: Path, written: Mapping[str, str], due: Collection[str], name: str
) -> list[Problem]:
    """Removes the letters of earlier runs that are not ``due``, and notes what is there now.

    ``letters`` is their folder, which problems call ``name``. ``written``: SHA-256 (hex) by path
    in it, of what this run wrote; ``due``: those paths and those of letters that failed. A file
    goes only if it is the very one that an earlier run wrote: what anybody put there, changed or
    signed stays. Problem: ``output-locked``.
    """
    problems: list[Problem] = []
    held = _read(letters / LIST)
    for path in [path for path in held if path not in due]:
        if _digest(letters / path) == held[path]:
            met = remove(letters / path, f"{name}/{path}")
            problems += met
            if met:  # the next run tries again
                continue
        del held[path]
        with contextlib.suppress(OSError):  # others' files keep the folder
            (letters / path).parent.rmdir()
    held |= written
    if not held:
        return [*problems, *remove(letters / LIST, f"{name}/{LIST}")]
    text = "".join(f"{digest}  {path}\n" for path, digest in sorted(held.items()))
    return [*problems, *write_whole(letters / LIST, text.encode(), f"{name}/{LIST}")]


def _read(path: Path) -> dict[str, str]:
    """What the list says; nothing where it is not there or not ours."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_LINE.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in found if match and ".." not in match[2].split("/")}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
