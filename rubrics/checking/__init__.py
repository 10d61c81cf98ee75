"""Whether a rubric that is right in form also makes sense; one subject a file."""

from __future__ import annotations

from itertools import chain

from rubrics.checking.addresses import addresses
from rubrics.checking.bases import bases
from rubrics.checking.bonuses import bonuses
from rubrics.checking.dated import dated
from rubrics.checking.grades import grades
from rubrics.checking.labels import labels
from rubrics.checking.methods import methods
from rubrics.checking.proofs import proofs
from rubrics.checking.reach import reach
from rubrics.checking.repeats import repeats
from rubrics.checking.rules import rules
from rubrics.checking.scale import scale
from rubrics.checking.self_assessment import self_assessment
from rubrics.checking.sums import sums
from rubrics.checking.traits import traits
from rubrics.checking.triggers import triggers
from rubrics.checking.weights import weights
from rubrics.language.places import Places, by_line
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem

_SUBJECTS = (
    sums,
    weights,
    scale,
    rules,
    addresses,
    triggers,
    grades,
    repeats,
    traits,
    methods,
    bases,
    dated,
    bonuses,
    self_assessment,
)


_ADVICE = (labels, proofs, reach)


def advise(rubric: Rubric, places: Places | None = None) -> list[Problem]:
    """Returns what the author of a rubric without errors may want to write otherwise: warnings.

    Rounds that use the rubric are not told of it. Codes: see each subject.
    """
    at = places or Places()
    found = chain.from_iterable(subject(rubric, at) for subject in _ADVICE)
    return sorted(dict.fromkeys(found), key=by_line)


def check(rubric: Rubric, places: Places | None = None) -> list[Problem]:
    """Returns everything that is wrong with the meaning of a rubric, in the order of its file.

    ``places`` says where its parts stand; without it, places hold the way down in the rubric.
    Codes: see each subject.
    """
    at = places or Places()
    found = chain.from_iterable(subject(rubric, at) for subject in _SUBJECTS)
    return sorted(dict.fromkeys(found), key=by_line)
