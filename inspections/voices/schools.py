"""Which school somebody means: by code, name, short name, alias or link; never by a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from inspections.round.short_names import meant
from inspections.round.trait_cells import closed

_ENDINGS: Final = ("小", "中", "园", "校", "学")
"""A short name ends as schools do (一小, 三中); any other word only happens to fit."""

_PARTS: Final = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff_-]+")


@dataclass(frozen=True)
class Schools:
    """The schools of the roster (code -> name), and what else they are called (-> code)."""

    names: Mapping[str, str]
    aliases: Mapping[str, str]

    def found(self, text: str) -> str:
        """Returns the code of the school that is meant; empty where that would be a guess."""
        said = closed(text)
        if not said:
            return ""
        if said in self.names:
            return said
        for alias, code in self.aliases.items():
            if closed(alias) == said and code in self.names:
                return code
        exact = [code for code, name in self.names.items() if closed(name) == said]
        if exact:
            return exact[0] if len(exact) == 1 else ""
        # 99010103 第一小学, 第一小学（99010103）: a code beside the name.
        codes = {part for part in _PARTS.split(text) if part in self.names}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
        short = meant(text, self.names)
        return short[0] if len(short) == 1 and said.endswith(_ENDINGS) and len(said) < 6 else ""

    def linked(self, link: str) -> str:
        """Returns the code that stands in an address (``?school=99010103``), or by itself."""
        found = {part for part in _PARTS.split(unquote(link)) if part in self.names}
        return found.pop() if len(found) == 1 else ""

    def suggested(self, text: str) -> list[str]:
        """Returns the codes of schools that might be meant, for a person to decide."""
        return meant(text, self.names)[:3] if closed(text) else []
