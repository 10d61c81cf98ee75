"""The rubrics that come with the toolkit, by id."""

from __future__ import annotations

from pathlib import Path

from rubrics.files.loading import load_rubric
from rubrics.files.trait_file import TRAITS, beside
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem

LIBRARY = Path(__file__).parents[1] / "library"


def shipped() -> dict[str, Path]:
    """Returns id -> YAML file of every shipped rubric, by id; a file is named after its id."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def find_rubric(name: str, base: Path) -> Path:
    """Returns the file of a rubric: a shipped one by its id, else a path, relative to ``base``.

    The file need not exist: loading it says so.
    """
    return shipped().get(name) or base / Path(name).expanduser()


def traits_for(name: str, base: Path) -> Path | None:
    """Returns the file of own traits for a rubric: beside it, else in ``base``; None without one.

    Shipped rubrics have none.
    """
    if name in shipped():
        return None
    return beside(find_rubric(name, base)) or beside(base / TRAITS)


def load_named(name: str, base: Path) -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric that ``name`` means, as :func:`find_rubric` does, with own traits.

    Codes: rubric-missing, those of ``load_rubric``.

    >>> rubric, problems = load_named("party", Path())
    >>> rubric.title, rubric.points, problems
    ('党建工作考核', Decimal('100'), [])
    """
    path = find_rubric(name, base)
    if path.is_file():
        return load_rubric(path, traits_for(name, base))
    known = "、".join(shipped())
    return None, [problem("rubric-missing", Place(), name=name, known=known)]
