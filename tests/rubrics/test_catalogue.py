"""The catalogue of messages: a file a subject, each code in one of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

from rubrics.messages import catalogue


def test_every_code_stands_in_one_file() -> None:
    names = {item.name for item in pkgutil.iter_modules(catalogue.__path__)} - {"message"}
    files = [importlib.import_module(f"{catalogue.__name__}.{name}") for name in sorted(names)]
    counts = Counter(code for file in files for code in file.MESSAGES)
    assert [code for code, count in counts.items() if count > 1] == []
    assert counts.keys() == catalogue.CATALOGUE.keys()
