"""What a letter calls itself, in its own sentences and where other papers point to it."""

from __future__ import annotations

from rubrics.language.rubric import Rubric


def paper_called(rubric: Rubric) -> str:
    """Returns the word for a rubric's letters, by their title: ``意见书``, else ``反馈``."""
    names = ("意见书", "通知书", "告知书")
    return next((name for name in names if name in rubric.letter_title), "反馈")
