"""The sample county with its bulletin; to be read only."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.steps.opening import open_trusted
from reports.bulletin.subject import Subject
from reports.steps.reporting import scored_now


@pytest.fixture(scope="session")
def sample(finished_sample: Path) -> Path:
    return finished_sample


@pytest.fixture(scope="session")
def whole(sample: Path) -> Subject:
    """All that the sample's bulletin is written from."""
    opened, _ = open_trusted(sample, "")
    assert opened is not None
    scores, *_ = scored_now(opened)
    assert scores is not None
    return Subject(opened.round, opened.roster, scores)
