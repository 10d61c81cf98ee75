"""The look of a workbook with a row for each thing: that of visit sheets, and what they lack."""

from __future__ import annotations

from typing import Any, Final

from inspections.workbook.drawing.formats import FAINT, LOOKS, PALE, STYLES

ROW_LOOKS: Final[dict[str, dict[str, Any]]] = {
    **STYLES,
    **LOOKS,
    "head_line": {**STYLES["text"], "border": 0, "font_size": 10},
    "prompt_line": {**STYLES["label"], "font_size": 8, "font_color": FAINT, "bg_color": PALE},
    "sign_cell": {**STYLES["sign_line"], "locked": False, "font_size": 10.5, "valign": "bottom"},
    "key": {**STYLES["code"], "shrink": False, "text_wrap": True},
    "chosen": {**STYLES["state"], "text_wrap": True},
}
