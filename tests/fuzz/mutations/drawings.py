"""What stands on a sheet beside its entries: boxes, shapes, notes, pictures, printed margins."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    of_parts,
    of_sheet,
    picked,
    put,
    replaced,
    sheet_index,
)
from tests.fuzz.package import CHOICES, MAIN, OFFICE, RELATIONS, Parts

_SPACES = (
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    f' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{OFFICE}"'
)
_THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_TYPED = "此处扣5分"
_LATER = (
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "tableParts",
    "extLst",
)
_BEHIND = re.compile(rf"<(?:{'|'.join(_LATER)})[\s>/]|</worksheet>")


def _lead(parts: Parts, kind: str, target: str, content: bytes, id: str) -> None:
    """Adds a part, and a relation from the sheet that was filled in."""
    folder, _, last = parts[sheet_index(parts)][0].rpartition("/")
    name = f"{folder}/_rels/{last}.rels"
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    link = f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>'
    at = next((at for at, (held, _) in enumerate(parts) if held == name), None)
    if at is None:
        text = f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>'
        parts.append((name, text.encode()))
    else:
        text = parts[at][1].decode()
        put(parts, at, text.replace("</Relationships>", f"{link}</Relationships>"))
    parts.append((target.removeprefix("/"), content))


def _behind(parts: Parts, element: str) -> None:
    """Adds an element behind the cells, before what the standard has after drawings."""
    at = sheet_index(parts)
    text = parts[at][1].decode()
    if f"{element.partition(' ')[0]} " in text:
        raise NothingToChangeError
    one = _BEHIND.search(text, text.find("</sheetData>"))
    assert one is not None
    put(parts, at, replaced(text, one, element + one[0]))


def _draw(parts: Parts, body: str) -> None:
    """A drawing of its own with one thing in it, anchored in a cell."""
    marks = ("from", 8), ("to", 11)
    ends = "".join(
        f"<xdr:{name}><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, row in marks
    )
    text = (
        f"<xdr:wsDr{_SPACES}><xdr:twoCellAnchor>{ends}{body}<xdr:clientData/>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    _behind(parts, f'<drawing xmlns:r="{OFFICE}" r:id="rIdDraw"/>')
    _lead(parts, "drawing", "/xl/drawings/drawing77.xml", text.encode(), "rIdDraw")


def _shape(kind: str, words: str, box: bool) -> str:
    runs = f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>" if words else "<a:p/>"
    return (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="1"/>'
        f"<xdr:cNvSpPr{' txBox=' + chr(34) + '1' + chr(34) if box else ''}/></xdr:nvSpPr><xdr:spPr>"
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom></xdr:spPr>'
        f"<xdr:txBody><a:bodyPr/>{runs}</xdr:txBody></xdr:sp>"
    )


@of_parts(Expected.SAID)
def add_text_box(parts: Parts, chance: random.Random) -> None:
    body = _shape("rect", _TYPED, box=True)
    if chance.random() < 0.3:
        body = f"<xdr:grpSp><xdr:nvGrpSpPr/><xdr:grpSpPr/>{body}</xdr:grpSp>"
    elif chance.random() < 0.3:
        body = (
            f'<mc:AlternateContent xmlns:mc="{CHOICES}">'
            f'<mc:Choice xmlns:a14="urn:a14" Requires="a14">{body}</mc:Choice>'
            "</mc:AlternateContent>"
        )
    _draw(parts, body)


@of_parts(Expected.SAID)
def add_shape(parts: Parts, chance: random.Random) -> None:
    """A line through a row, an ellipse over it, an arrow with a word."""
    words = chance.choice(("", _TYPED))
    _draw(parts, _shape(chance.choice(("line", "ellipse", "rightArrow")), words, box=False))


@of_parts(Expected.SAID)
def add_chart(parts: Parts, chance: random.Random) -> None:
    _draw(
        parts,
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="2"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic>"
        '<a:graphicData uri="urn:chart"><c:chart xmlns:c="urn:chart" r:id="rId1"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame>",
    )


@of_parts(Expected.SAID)
def embed_document(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(("oleObject1.bin", "Microsoft_Word_Document1.docx", "oleObject1.xlsx"))
    _behind(
        parts,
        f'<oleObjects xmlns:r="{OFFICE}"><oleObject progId="Word.Document.12" shapeId="1"'
        ' r:id="rIdOle"/></oleObjects>',
    )
    kind = "oleObject" if name.endswith(".bin") else "package"
    _lead(parts, kind, f"/xl/embeddings/{name}", b"\xd0\xcf\x11\xe0" + bytes(60), "rIdOle")


def _note(parts: Parts, chance: random.Random, name: str) -> None:
    runs = chance.choice((f"<t>{_TYPED}</t>", f"<r><rPr><b/></rPr><t>{_TYPED}</t></r>"))
    text = (
        f'<comments xmlns="{MAIN}"><authors><author>甲</author></authors><commentList>'
        f'<comment ref="H9" authorId="0"><text>{runs}</text></comment></commentList></comments>'
    )
    _lead(parts, "comments", name, text.encode(), "rIdNote")


@of_parts(Expected.SAID)
def add_note(parts: Parts, chance: random.Random) -> None:
    _note(parts, chance, chance.choice(("/xl/comments77.xml", "/xl/comments/comment77.xml")))


def _thread(parts: Parts, name: str) -> None:
    text = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        f'threadedcomments"><threadedComment ref="H9" id="{{1}}"><text>{_TYPED}</text>'
        "</threadedComment></ThreadedComments>"
    )
    _lead(parts, _THREADED, name, text.encode(), "rIdThread")


@of_parts(Expected.SAID)
def add_threaded_comment(parts: Parts, chance: random.Random) -> None:
    _thread(parts, "/xl/threadedComments/threadedComment1.xml")


@of_parts(Expected.SAID)
def add_comment_elsewhere(parts: Parts, chance: random.Random) -> None:
    """A note or a comment that only its relation tells of: parts may have any name."""
    if chance.random() < 0.5:
        _note(parts, chance, chance.choice(("/xl/notes.xml", "/xl/metadata.xml", "/x/1.bin")))
    else:
        _thread(parts, chance.choice(("/xl/threads/one.xml", "/xl/calcChain.xml")))


@of_parts(Expected.SAID)
def add_background(parts: Parts, chance: random.Random) -> None:
    """A picture behind the cells, on which anything may be written."""
    _behind(parts, f'<picture xmlns:r="{OFFICE}" r:id="rIdBack"/>')
    _lead(parts, "image", "/xl/media/image77.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "rIdBack")


@of_sheet(Expected.SAID)
def write_margin(text: str, chance: random.Random) -> str:
    """Words at the top or the bottom of the printed page."""
    name = chance.choice(("oddHeader", "oddFooter", "evenHeader", "firstFooter"))
    new = f"<{name}>&amp;L{_TYPED}</{name}>"
    bare = re.sub(rf"<{name}>.*?</{name}>|<{name}/>", "", text, flags=re.DOTALL)
    if "</headerFooter>" in bare:
        return bare.replace("</headerFooter>", f"{new}</headerFooter>", 1)
    one = picked(list(re.finditer(r"<pageSetup [^>]*/>", bare)), chance)
    return replaced(bare, one, f"{one[0]}<headerFooter>{new}</headerFooter>")


def _hidden(text: str, letter: str) -> str:
    number = ord(letter) - 64
    own = rf'<col (?=[^>]*\bmin="{number}")(?=[^>]*\bmax="{number}")[^>]*/>'
    one = re.search(own, text)
    if one is None:
        raise NothingToChangeError
    bare = re.sub(r' hidden="\w+"', "", one[0])
    return replaced(text, one, bare.replace("/>", ' hidden="1"/>'))


@of_sheet()
def hide_column(text: str, chance: random.Random) -> str:
    """Entries in a column that nobody sees; they stand there."""
    return _hidden(text, chance.choice("FHKLM"))


@of_sheet(Expected.SAID)
def hide_blank_column(text: str, chance: random.Random) -> str:
    """A column that nobody can fill in."""
    filled = re.compile(r'<c r="([FHKLM])(?:[7-9]|1\d|2\d)"[^>]*[^/]>')
    blank = sorted(set("FHKLM") - set(filled.findall(text)))
    if not blank:
        raise NothingToChangeError
    return _hidden(text, chance.choice(blank))


@of_sheet()
def hide_row(text: str, chance: random.Random) -> str:
    """Filters hide rows; what stands in them stands there."""
    one = picked(list(re.finditer(r'<row r="\d+"', text)), chance)
    return replaced(text, one, f'{one[0]} hidden="1"')


@of_sheet(Expected.SAID)
def type_where_nothing_is_asked(text: str, chance: random.Random) -> str:
    """A word in a blank cell of a row: beside it, in its unit, under its points."""
    found = list(re.finditer(r'<c r="[CEIJOP](?:9|1\d|2[0-3])"(?: s="\d+")?/>', text))
    one = picked(found, chance)
    return replaced(text, one, f'{one[0][:-2]} t="inlineStr"><is><t>{_TYPED}</t></is></c>')


@of_sheet(Expected.SAID)
def type_over(text: str, chance: random.Random) -> str:
    """A word over a printed text of a row: its title, its unit, its question."""
    found = list(re.finditer(r'(<c r="[CEGI](?:9|1\d|2[0-3])"(?: s="\d+")?) t="\w+">.*?</c>', text))
    one = picked(found, chance)
    return replaced(text, one, f'{one[1]} t="inlineStr"><is><t>{_TYPED}</t></is></c>')


ALL: tuple[Mutation, ...] = (
    add_text_box, add_shape, add_chart, embed_document, add_note, add_threaded_comment,
    add_comment_elsewhere, add_background, write_margin, hide_column, hide_blank_column, hide_row,
    type_where_nothing_is_asked, type_over,
)  # fmt: skip
