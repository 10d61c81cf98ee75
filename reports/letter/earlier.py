"""Letters of earlier runs: those of schools that no longer get one are taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from inspections.round.own_files import OwnFiles, Written
from rubrics.messages.problems import Place, Problem, problem


def clear_away(
    own: OwnFiles, written: Mapping[str, Written], due: Collection[str]
) -> list[Problem]:
    """Removes the letters of earlier runs that are not ``due``, and lists what is there now.

    Whatever is removed is told, and so is what would be if nobody had changed it, both once.

    ``written``: letters that this run wrote or found as they should be; ``due``: those and the
    ones that failed. A file goes only if it is the very one that an earlier run wrote, be it one
    that was killed: what anybody put there, changed or signed stays. Problem: ``output-locked``.
    """
    problems: list[Problem] = []
    held = dict(own.listed)
    gone: list[str] = []
    for path in sorted({*held, *own.begun} - set(due)):
        there = own.there(path)
        ours = own.holds(path, there)
        met = own.remove(path) if ours else ()
        problems += met
        if met:  # the next run tries again
            held[path] = Written(there)
            continue
        if ours:
            gone.append(PurePosixPath(path).stem)
        elif there:
            problems.append(problem("letter-left-over", Place(own.of.name(own.folder / path))))
        held.pop(path, None)
        own.clear_empty(path)
    if gone:
        names = "、".join(dict.fromkeys(gone))
        where = Place(own.of.name(own.folder))
        problems.append(problem("letters-removed", where, count=len(gone), names=names))
    return problems + own.end({**held, **written})
