"""``results/bulletin.json``: each paragraph of the bulletin with the figures behind it.

Bulletins of a year and monthly reports have files of the same form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from reports.bulletin.told import Told


def sidecar(title: str, told: Iterable[tuple[str, Told]]) -> bytes:
    """Returns the file: ``told`` are sections and paragraphs in the order of print."""
    paragraphs = [
        {
            "number": number,
            "section": section,
            "text": one.text,
            "figures": [
                {key: value for key, value in asdict(figure).items() if value}
                | ({"where": dict(figure.where)} if figure.where else {})
                for figure in one.figures
            ],
        }
        for number, (section, one) in enumerate(told, 1)
    ]
    data = {"title": title, "paragraphs": paragraphs}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
