"""Letters of earlier runs: those of schools that no longer get one are taken away."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from inspections.collecting.intended import forget, noted
from rubrics.messages.output import remove, write_whole
from rubrics.messages.problems import Problem

LIST = ".written"
"""Beside the letters: what the last run wrote, one ``digest  RUBRIC/SCHOOL.pdf`` a line."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\]+/[^/\\]+\.pdf)")


def clear_away(
    letters: Path, written: Mapping[str, str], due: Collection[str], name: str
) -> list[Problem]:
    """Removes the letters of earlier runs that are not ``due``, and notes what is there now.

    ``letters`` is their folder, which problems call ``name``. ``written``: SHA-256 (hex) by path
    in it, of what this run wrote; ``due``: those paths and those of letters that failed. A file
    goes only if it is the very one that an earlier run wrote, be it one that was killed: what
    anybody put there, changed or signed stays. Problem: ``output-locked``.
    """
    problems: list[Problem] = []
    held, begun = _read(letters / LIST), noted(letters)
    for path in sorted({*held, *begun} - set(due)):
        there = _digest(letters / path)
        if there in {held.get(path), *begun.get(path, ())}:
            met = remove(letters / path, f"{name}/{path}")
            problems += met
            if met:  # the next run tries again
                held[path] = there
                continue
        held.pop(path, None)
        with contextlib.suppress(OSError):  # others' files keep the folder
            (letters / path).parent.rmdir()
    held |= written
    if held:
        text = "".join(f"{digest}  {path}\n" for path, digest in sorted(held.items()))
        problems += write_whole(letters / LIST, text.encode(), f"{name}/{LIST}")
    else:
        problems += remove(letters / LIST, f"{name}/{LIST}")
    forget(letters)
    return problems


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
