"""Documents behind an item, as they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.files.loading import load_rubric
from rubrics.language.basis import bases, is_unnamed
from rubrics.language.rubric import Document

LIBRARY = sorted((Path(__file__).parents[2] / "rubrics" / "library").glob("*.yaml"))


@pytest.mark.parametrize(
    ("document", "unnamed"),
    [
        (Document(title="教育局食堂考核办法", source="U"), True),
        (Document(title="教育局食堂考核办法", source="U[待局定]"), True),
        (Document(title="《青禾县食堂考核办法》", source="U"), False),
        (Document(title="食堂考核办法", number="青教〔某〕某号", source="U"), False),
        (Document(title="食品安全法", source="M"), False),
        (Document(title="食品安全法", source="V[S1]", verified=True), False),
    ],
)
def test_only_what_the_bureau_has_to_name_waits_for_a_name(
    document: Document, unnamed: bool
) -> None:
    assert is_unnamed(document) is unnamed


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_what_has_no_name_yet_has_no_book_title_marks(path: Path) -> None:
    rubric, _ = load_rubric(path)
    assert rubric is not None
    for code, document in rubric.documents.items():
        (basis,) = bases(rubric, [code])
        assert ("《" in str(basis)) is not is_unnamed(document)
        assert ("名称待定" in str(basis)) is is_unnamed(document)
