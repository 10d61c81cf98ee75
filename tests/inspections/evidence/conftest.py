"""Pictures that are opened, where this process can count them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PIL import Image

from rubrics.apart import crew


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was opened as a picture; the work is done in this process."""
    apart, real = crew.answers, Image.open
    counted: list[object] = []

    def here(
        jobs: Sequence[Any],
        work: Callable[[Any], Any],
        refused: Callable[[Any, str], Any],
        workers: int,
        context: Any,
    ) -> Iterator[tuple[Any, Any]]:
        del workers
        return apart(jobs, work, refused, 0, context)

    def counting(*args: Any, **kwargs: Any) -> Image.Image:
        counted.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(crew, "answers", here)
    monkeypatch.setattr(Image, "open", counting)
    return counted
