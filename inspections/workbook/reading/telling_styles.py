"""Which styles of a .xlsx may show something else than is held, and the cells that have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from defusedxml.ElementTree import fromstring

from inspections.workbook.form.layout import HEAD, TOTALS_ROW
from inspections.workbook.reading.conditional_looks import telling_looks
from inspections.workbook.reading.number_formats import BUILT_IN, shows_all
from inspections.workbook.reading.relations import MAIN
from inspections.workbook.reading.rich_text import Look, look_of
from inspections.workbook.reading.tags import Tags

_MAIN = f"{{{MAIN}}}"
_STYLED = rb'<c r="([BFHKLMU]\d+)"(?=[^>]*\ss="(%s)")[^>]*[^/>]>'
_DAY = HEAD["检查日期"].cell
_TOTALS = b"%d" % TOTALS_ROW


class TellingStyles(NamedTuple):
    """What finds cells in whose style something else may be seen than they hold: by a format, or
    by a look that strikes or shifts all of it. Both by the number of the style; ``conditional``
    by that of the look.
    """

    cells: re.Pattern[bytes]
    numbers: tuple[bytes, ...]
    formats: Mapping[int, str]
    looks: Mapping[int, Look]
    conditional: Mapping[int, str]

    def telling(self, sheet: bytes, tags: Tags) -> Iterator[tuple[str, int]]:
        """Yields (A1 name, style) of such cells that are not blank; totals are nobody's entries."""
        if not self.numbers:
            return
        for place in tags.styled(self.numbers):
            match = self.cells.match(sheet, place)
            if match is None or match[1][1:] == _TOTALS:
                continue
            at, style = match[1].decode(), int(match[2])
            form = self.formats.get(style, "General")
            if style in self.looks or not shows_all(form, day=at == _DAY):
                yield at, style


NO_STYLES: Final = TellingStyles(re.compile(b""), (), {}, {}, {})


@lru_cache(64)
def telling_styles(styles: bytes) -> TellingStyles:
    """Returns those of a ``styles.xml``, which is the same until an office program saves it."""
    tree = fromstring(styles)
    codes = dict(BUILT_IN)
    for item in tree.iter(f"{_MAIN}numFmt"):
        codes[int(item.get("numFmtId", "0"))] = item.get("formatCode", "")
    fonts = [look_of(item) for item in tree.findall(f"{_MAIN}fonts/{_MAIN}font")]
    formats, looks = {}, {}
    for number, item in enumerate(tree.findall(f"{_MAIN}cellXfs/{_MAIN}xf")):
        code = codes.get(int(item.get("numFmtId", "0")), "General")
        font = int(item.get("fontId", "0"))
        if not (shows_all(code) and shows_all(code, day=True)):
            formats[number] = code
        if font < len(fonts) and fonts[font] != Look():
            looks[number] = fonts[font]
    numbers = tuple(b"%d" % number for number in {**formats, **looks})
    one_of_them = b"|".join(numbers)
    cells = re.compile(_STYLED % one_of_them)
    return TellingStyles(cells, numbers, formats, looks, telling_looks(tree))
