"""A rubric as a workbook that a bureau edits in Excel, and back."""

from __future__ import annotations

from rubrics.workbook.exporting import export_workbook
from rubrics.workbook.importing import import_workbook

__all__ = ["export_workbook", "import_workbook"]
