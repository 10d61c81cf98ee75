"""What is measured: the rubric language, its checker, and the rubrics themselves as data.

What others may rely on stands in ``__all__``, and is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rubrics.checking import check as check
    from rubrics.files.loading import load_rubric as load_rubric
    from rubrics.files.loading import loads_rubric as loads_rubric
    from rubrics.files.shipped import load_named as load_named
    from rubrics.files.shipped import shipped as shipped
    from rubrics.files.writing import dump_yaml as dump_yaml
    from rubrics.language.digest import digest as digest
    from rubrics.language.rubric import Rubric as Rubric
    from rubrics.language.schema import schema_text as schema_text
    from rubrics.messages.problems import Place as Place
    from rubrics.messages.problems import Problem as Problem
    from rubrics.messages.problems import Severity as Severity
    from rubrics.messages.problems import has_errors as has_errors
    from rubrics.messages.refused import RefusedError as RefusedError
    from rubrics.messages.watching import Watcher as Watcher
    from rubrics.workbook import export_workbook as export_workbook
    from rubrics.workbook import import_workbook as import_workbook

_HOMES = {
    "Place": "rubrics.messages.problems",
    "Problem": "rubrics.messages.problems",
    "RefusedError": "rubrics.messages.refused",
    "Rubric": "rubrics.language.rubric",
    "Severity": "rubrics.messages.problems",
    "Watcher": "rubrics.messages.watching",
    "check": "rubrics.checking",
    "digest": "rubrics.language.digest",
    "dump_yaml": "rubrics.files.writing",
    "export_workbook": "rubrics.workbook",
    "has_errors": "rubrics.messages.problems",
    "import_workbook": "rubrics.workbook",
    "load_named": "rubrics.files.shipped",
    "load_rubric": "rubrics.files.loading",
    "loads_rubric": "rubrics.files.loading",
    "schema_text": "rubrics.language.schema",
    "shipped": "rubrics.files.shipped",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
