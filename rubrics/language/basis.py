"""What an item rests on: documents by their short codes, with clauses: ``减1 第4条``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.language.rubric import Document, Rubric


@dataclass(frozen=True, slots=True)
class Basis:
    """A document behind an item, with the clause that the rubric names.

    ``verified`` is false while nobody has read the original; ``unnamed`` while the bureau has not
    said which document it is, so that the title only describes it.
    """

    code: str
    title: str
    number: str = ""
    clause: str = ""
    verified: bool = False
    unnamed: bool = False

    @property
    def marked_title(self) -> str:
        """The title in book-title marks, which what has no name yet does not get."""
        if self.unnamed:
            return f"{self.title}（名称待定）"
        return self.title if "《" in self.title else f"《{self.title}》"

    def __str__(self) -> str:
        return f"{self.marked_title}{f'（{self.number}）' if self.number else ''}{self.clause}"


def code_and_clause(written: str) -> tuple[str, str]:
    """Returns ``减1`` and ``第4条`` of ``减1 第4条``."""
    code, *clause = written.split(maxsplit=1) or [""]
    return code, "".join(clause).strip()


def is_unnamed(document: Document) -> bool:
    """Whether a document still waits for its name: it is the bureau's to decide (U), and has
    neither a number nor book-title marks.
    """
    for_bureau = document.source.partition("[")[0].strip() == "U" and not document.verified
    return for_bureau and not document.number and "《" not in document.title


def bases(rubric: Rubric, written: Iterable[str]) -> tuple[Basis, ...]:
    """Returns the documents that an item names; one that the rubric does not list has its code
    for a title.
    """
    found = []
    for entry in written:
        code, clause = code_and_clause(entry)
        document = rubric.documents.get(code)
        if document:
            made = Basis(
                code,
                document.title,
                document.number,
                clause,
                document.verified,
                is_unnamed(document),
            )
        else:
            made = Basis(code, code, clause=clause)
        found.append(made)
    return tuple(found)
