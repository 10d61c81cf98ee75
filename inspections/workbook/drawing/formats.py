"""The look of a visit sheet: its few cell formats, made once a workbook."""

from __future__ import annotations

from typing import Any

BODY_FONT, HEADING_FONT = "宋体", "黑体"
DEFAULT_FONT = {"font_name": "Arial", "font_size": 10}
"""Column widths are counted in its digits: it, or a font of the same widths, is everywhere."""

INK, FAINT, LINE = "#1F2933", "#8A94A0", "#B4BCC6"
DEEP, PALE, ENTRY, LOCKED = "#24405E", "#E4ECF4", "#FFFBE3", "#F1F2F4"
RED = "#C0272D"

_CELL = {
    "font_name": BODY_FONT,
    "font_size": 9,
    "font_color": INK,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": LINE,
}
_CENTRE = {"align": "center"}
_INPUT = {"locked": False, "bg_color": ENTRY}
_TEXT = {"num_format": "@"}

STYLES: dict[str, dict[str, Any]] = {
    "title": {
        **_CELL, **_CENTRE, "border": 0, "font_name": HEADING_FONT, "font_size": 16,
        "text_wrap": False,
    },
    "label": {**_CELL, **_CENTRE, "bg_color": PALE, "font_name": HEADING_FONT},
    "given": {**_CELL, "font_size": 10, "shrink": True, "text_wrap": False},
    "given_long": {**_CELL},
    "head_text": {**_CELL, **_INPUT, **_TEXT, "font_size": 10},
    "head_date": {**_CELL, **_INPUT, **_CENTRE, "font_size": 10, "num_format": "yyyy-mm-dd",
                  "text_wrap": False},
    "head_time": {**_CELL, **_INPUT, **_CENTRE, "font_size": 10, "num_format": "h:mm"},
    "earned": {**_CELL, **_CENTRE, "bold": True, "font_size": 11, "num_format": '"得分 "0.00##',
               "bg_color": PALE},
    "applicable": {**_CELL, **_CENTRE, "bold": True, "font_size": 11,
                   "num_format": '"应得 "0.##', "bg_color": PALE},
    "normalised": {**_CELL, **_CENTRE, "bold": True, "font_size": 11,
                   "num_format": '"标化 "0.00##', "bg_color": PALE},
    "extra": {**_CELL, **_CENTRE, "font_size": 10,
              "num_format": '"加减分 +"0.##;"加减分 -"0.##;"加减分 0"', "bg_color": PALE},
    "progress": {**_CELL, **_CENTRE, "font_size": 10, "bg_color": PALE, "text_wrap": False},
    "hint": {**_CELL, "font_size": 10, "font_color": RED, "bold": True, "bg_color": PALE},
    "header": {
        **_CELL, **_CENTRE, "font_name": HEADING_FONT, "font_color": "#FFFFFF", "bg_color": DEEP,
        "font_size": 10,
    },
    "heading": {
        **_CELL, "font_name": HEADING_FONT, "font_size": 10, "bg_color": PALE, "left": 0,
        "right": 0, "text_wrap": False,
    },
    "code": {**_CELL, **_CENTRE, "shrink": True, "text_wrap": False},
    "slot_code": {**_CELL, **_CENTRE, "shrink": True, "text_wrap": False,
                  "font_color": FAINT},
    "text": {**_CELL},
    "marked": {**_CELL, "font_color": RED},
    "points": {**_CELL, **_CENTRE, "num_format": "0.##;-0.##;0"},
    "how": {**_CELL, "font_size": 9},
    "prompt": {**_CELL},
    "pointer": {**_CELL, "font_color": FAINT},
    "centre": {**_CELL, **_CENTRE},
    "score": {**_CELL, **_CENTRE, "bold": True, "shrink": True, "text_wrap": False,
              "num_format": "0.####"},
    "state": {**_CELL, **_INPUT, **_CENTRE},
    "entry": {**_CELL, **_INPUT, **_CENTRE, "font_size": 10, "shrink": True, "text_wrap": False},
    "entry_time": {**_CELL, **_INPUT, **_CENTRE, "font_size": 10, "num_format": "h:mm"},
    "entry_text": {**_CELL, **_INPUT, **_TEXT},
    "note": {**_CELL, **_INPUT, **_TEXT},
    "grey": {**_CELL, "font_color": FAINT, "bg_color": LOCKED},
    "grey_centre": {**_CELL, **_CENTRE, "font_color": FAINT, "bg_color": LOCKED},
    "sign": {**_CELL, "border": 0, "font_size": 10.5, "valign": "bottom", "text_wrap": False},
    "sign_line": {**_CELL, "border": 0, "bottom": 1, "bottom_color": FAINT},
    "legend": {**_CELL, "border": 0, "font_color": FAINT, "text_wrap": False},
    "guide_title": {"font_name": HEADING_FONT, "font_size": 18, "align": "center",
                    "valign": "vcenter"},
    "guide_subtitle": {"font_name": BODY_FONT, "font_size": 11, "align": "center",
                       "valign": "top", "font_color": FAINT},
    "guide": {"font_name": BODY_FONT, "font_size": 11, "text_wrap": True, "valign": "top"},
    "guide_table": {**_CELL, "font_size": 10.5, "text_wrap": False, "shrink": True},
    "guide_header": {**_CELL, "font_name": HEADING_FONT, "font_size": 10.5, "bg_color": PALE},
    "link": {**_CELL, "font_size": 10.5, "font_color": "#1F5FA8", "underline": 1,
             "text_wrap": False},
    "fb_subtitle": {**_CELL, **_CENTRE, "border": 0, "text_wrap": False},
    "fb_line": {**_CELL, "shrink": True, "text_wrap": False},
    "fb_head": {**_CELL, **_CENTRE, "font_name": HEADING_FONT, "font_size": 8.5,
                "bg_color": PALE},
    "fb_text": {**_CELL, "border": 0, "font_size": 8.5, "text_wrap": False, "shrink": True},
    "fb_centre": {**_CELL, **_CENTRE, "border": 0, "font_size": 8.5, "text_wrap": False,
                  "shrink": True},
    "fb_label": {**_CELL, **_CENTRE, "font_size": 8.5, "bg_color": PALE},
    "fb_entry": {**_CELL, **_INPUT, **_TEXT},
    "fb_sign": {**_CELL, "border": 0, "bottom": 1, "bottom_color": FAINT, "font_size": 9.5,
                "valign": "bottom", "text_wrap": False},
    "fb_note": {**_CELL, "border": 0, "font_size": 8.5, "font_color": INK},
    "confirm": {
        **_CELL, "align": "right", "bg_color": PALE, "left": 0, "text_wrap": False,
    },
    "entry_date": {**_CELL, **_INPUT, **_CENTRE, "font_size": 7, "num_format": "yyyy-m-d"},
}  # fmt: skip


LOOKS: dict[str, dict[str, Any]] = {
    "wrong": {"bg_color": "#D64545", "font_color": "#FFFFFF"},
    "missing": {"bg_color": "#FFD08A"},
    "left out": {"bg_color": "#DDE1E6", "font_color": FAINT},
    "lost": {"font_color": RED},
    "row begins": {"left": 1, "right": 1, "top": 1, "border_color": LINE},
    "row": {"left": 1, "right": 1, "border_color": LINE},
    "row ends": {"top": 1, "border_color": LINE},
}
"""What conditional formats change."""
