"""The door through which typed text leaves: plain, private numbers masked, secrets kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rubrics.messages.plain_text import ODD, plain
from rubrics.messages.private_numbers import MAYBE, masked

WITHHELD: Final = "（内容保密）"
"""Stands for what was typed and does not leave the bureau."""

MARK: Final = "【保密】"
"""Stands before what is shown to the bureau alone; inspectors write it too."""

_MAYBE = re.compile(MAYBE)
# In brackets anywhere, so that nobody has to rewrite a remark to protect the end of it.
_MARK = re.compile(r"[【\[［〔（(｛{]\s*保\s*密\s*[】\]］〕）)｝}]|^\s*保密\s*[:：]", re.MULTILINE)


@lru_cache(1 << 14)  # names and titles leave again and again
def outgoing(text: str) -> str:
    """Returns what may be shown of a text that somebody typed."""
    return WITHHELD if marked_confidential(text) else masked(plain(text))


def leaves_as_it_is(text: str) -> bool:
    """Whether a text, or several as lines of one, surely leaves as it is; quick to tell."""
    return "密" not in text and _MAYBE.search(text) is None and ODD.search(text) is None


def marked_confidential(text: str) -> bool:
    """Whether whoever typed a text marked it: ``【保密】`` anywhere, or ``保密：`` in front."""
    return "密" in text and _MARK.search(plain(text)) is not None
