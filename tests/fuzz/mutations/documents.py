"""Damage to the content of an .ods file: values, kinds, repetitions, what is shown of a value."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.mutation import Expected, Mutation, of_part, picked, replaced

_CONTENT = "content.xml"
_IN_CONTENT = (
    r'office:value="[^"]*"',
    r'office:value-type="[^"]*"',
    r'table:number-columns-repeated="\d+"',
    r'table:number-rows-repeated="\d+"',
    r'table:number-rows-spanned="\d+"',
    r'calcext:value-type="[^"]*"',
    r"<text:p>[^<]*</text:p>",
    r"<table:table-cell[^>]*/>",
    r"<table:table-row .*?</table:table-row>",
)
_NUMBER = re.compile(
    r"<table:table-cell (?=[^>]*table:content-validation-name)(?![^>]*table:formula)"
    r'[^>]*office:value="[^"]*"[^>]*><text:p>(\d+)</text:p></table:table-cell>'
)


@of_part(_CONTENT)
def change_content(text: str, chance: random.Random) -> str:
    """A value, a kind, a repetition, a cell or a row: missing, twice, as another or a number."""
    found = list(re.finditer(chance.choice(_IN_CONTENT), text, re.DOTALL))
    one, other = picked(found, chance)[0], picked(found, chance)[0]
    number = chance.choice((0, 2, 3, 99, 1048576))
    changed = re.sub(r'"[^"]*"', f'"{number}"', one, count=1)
    twice = one * 2 if one.startswith("<") else one
    place = chance.choice([item for item in found if item[0] == one])
    return replaced(text, place, chance.choice(("", twice, other, changed)))


@of_part(_CONTENT, expected=Expected.SAID)
def show_another_value(text: str, chance: random.Random) -> str:
    """The words of an entry say another number than its value."""
    one = picked(list(_NUMBER.finditer(text)), chance)
    new = f"<text:p>{int(one[1]) + chance.randrange(1, 9)}</text:p>"
    return replaced(text, one, re.sub(r"<text:p>\d+</text:p>", new, one[0]))


@of_part(_CONTENT)
def write_words_oddly(text: str, chance: random.Random) -> str:
    """Words in spans, with blanks, tabs, line breaks, remarks and ruby texts between them."""
    one = picked(list(re.finditer(r"<text:p>([^<]+)</text:p>", text)), chance)
    words = one[1]
    new = chance.choice((
        f"<text:p><text:span>{words[:1]}</text:span>{words[1:]}</text:p>", f"{one[0]}<text:p/>",
        f"<text:p>{words[:1]}<text:s text:c=\"3\"/>{words[1:]}</text:p>",
        f"<text:p>{words}<text:line-break/></text:p>",
        f"<text:p>{words[:1]}<text:tab/>{words[1:]}</text:p>",
        f"<text:p><text:a>{words}</text:a></text:p>", f"<text:h>{words}</text:h>",
        f"<text:p>{words}<office:annotation><text:p>5</text:p></office:annotation></text:p>",
        f"<text:p><text:ruby><text:ruby-base>{words}</text:ruby-base><text:ruby-text>5</text:ruby-text></text:ruby></text:p>",
    ))  # fmt: skip
    return replaced(text, one, new)


@of_part("settings.xml", expected=Expected.SAID)
def hide_zeros(text: str, chance: random.Random) -> str:
    """An option of the document: 0 is not seen, and there are some."""
    del chance
    return re.sub(r'(config:name="ShowZeroValues"[^>]*>)true', r"\1false", text)


ALL: tuple[Mutation, ...] = (
    *[change_content] * 10,
    show_another_value,
    write_words_oddly,
    hide_zeros,
)
