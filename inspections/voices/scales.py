"""Scales: on which level a word stands (非常满意, 满意, 一般 ...), and which words say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from inspections.round.trait_cells import closed
from inspections.voices.settings import ScaleSetting

_LETTER: Final = re.compile(r"[A-Za-z][.、．:：)）]\s*(?=\S)")
_POINTS: Final = re.compile(r"[(（]\d+(?:\.\d+)?分[)）]$")
_BEFORE_WRITTEN: Final = "〖[【"
_BEHIND_WRITTEN: Final = ("〗", "]", "】")


class Scales(NamedTuple):
    """All scales by name, and the words of people who have no opinion."""

    known: Mapping[str, ScaleSetting]
    no_opinion: frozenset[str]

    def levels(self, name: str, options: Sequence[str]) -> tuple[int | None, ...]:
        """Returns the level of each option; 0 where it says nothing, None where it is unknown."""
        at = {closed(word): level
              for level, words in enumerate(self.known[name].levels, 1)
              for word in words}  # fmt: skip
        return tuple(
            at.get(closed(bare(one)), 0 if closed(bare(one)) in self.no_opinion else None)
            for one in options
        )

    def found(self, options: Sequence[str]) -> str:
        """Returns the scale on which all of the options stand; empty where there is none."""
        for name, scale in self.known.items():
            if not scale.by_name:
                levels = self.levels(name, options)
                if None not in levels and any(levels):
                    return name
        return ""


def all_scales(own: Mapping[str, ScaleSetting]) -> Scales:
    """Returns the bureau's own scales, then those that ship."""
    held = _shipped()
    return Scales({**own, **{k: v for k, v in held.known.items() if k not in own}}, held.no_opinion)


@cache
def _shipped() -> Scales:
    data = yaml.safe_load(Path(__file__).with_name("scales.yaml").read_text(encoding="utf-8"))
    words = frozenset(map(closed, data.pop("no_opinion")))
    return Scales({name: ScaleSetting.model_validate(it) for name, it in data.items()}, words)


def bare(option: str) -> str:
    """Returns an option without the letter before it and the points behind: A.满意（4分）."""
    found = _LETTER.match(option)
    return _POINTS.sub("", option[found.end() :] if found else option).strip()


def without_written(option: str) -> tuple[str, str]:
    """Returns an option, and what somebody wrote beside it: 其他〖食堂〗."""
    if not option.endswith(_BEHIND_WRITTEN):
        return option, ""
    at = min((found for it in _BEFORE_WRITTEN if (found := option.find(it)) > 0), default=0)
    return (option[:at].strip(), option[at + 1 : -1].strip()) if at else (option, "")
