"""Letters of earlier runs: those of schools that no longer get one are taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from inspections.round.own_files import OwnFiles, Written
from rubrics.messages.problems import Problem


def clear_away(
    own: OwnFiles, written: Mapping[str, Written], due: Collection[str]
) -> list[Problem]:
    """Removes the letters of earlier runs that are not ``due``, and lists what is there now.

    ``written``: letters that this run wrote or found as they should be; ``due``: those and the
    ones that failed. A file goes only if it is the very one that an earlier run wrote, be it one
    that was killed: what anybody put there, changed or signed stays. Problem: ``output-locked``.
    """
    problems: list[Problem] = []
    held = dict(own.listed)
    for path in sorted({*held, *own.begun} - set(due)):
        there = own.there(path)
        met = own.remove(path) if own.holds(path, there) else ()
        problems += met
        if met:  # the next run tries again
            held[path] = Written(there)
        else:
            held.pop(path, None)
            own.clear_empty(path)
    return problems + own.end({**held, **written})
