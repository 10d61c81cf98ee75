"""Values for any template, from the names in its tags: texts, lists of texts, tables of rows."""

from __future__ import annotations

from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import nodes

from reports.official.language import Language
from reports.official.values import Context, Value

LONG = "一二三四五六七八九十" * 20
ROWS = 60


class _Held(dict[str, "_Held"]):
    """A name with what is asked of it; ``listed``: a loop goes through it."""

    listed: bool = False


def exemplary(path: Path) -> Context:
    """Returns values that fill all of a template: tables of 60 rows, paragraphs of many lines."""
    template = DocxTemplate(str(path))
    template.render_init()
    tree = Language().parse(template.patch_xml(template.get_xml()))
    root = _Held()
    _walk(tree, root, {})
    return {name: _value(name, held) for name, held in root.items()}


def _walk(node: nodes.Node, root: _Held, known: dict[str, _Held]) -> None:
    if isinstance(node, nodes.For):
        held = _find(node.iter, root, known)
        held.listed = True
        assert isinstance(node.target, nodes.Name)
        inner = known | {node.target.name: held}
        for child in node.body:
            _walk(child, root, inner)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        _find(node, root, known)
        return
    for child in node.iter_child_nodes():
        _walk(child, root, known)


def _find(node: nodes.Node, root: _Held, known: dict[str, _Held]) -> _Held:
    if isinstance(node, nodes.Getattr):
        return _find(node.node, root, known).setdefault(node.attr, _Held())
    assert isinstance(node, nodes.Name)
    if node.name == "loop":
        return _Held()
    return known[node.name] if node.name in known else root.setdefault(node.name, _Held())


def _value(name: str, held: _Held) -> Value:
    if held and held.listed:
        inner = any(one.listed for one in held.values())
        return [
            {key: _value(key, one) for key, one in held.items()}
            for _ in range(2 if inner else ROWS)
        ]
    if held.listed:
        return ["成绩表", "问题清单"] if name == "附件" else [LONG * 3, LONG]
    return f"{name}一二"
