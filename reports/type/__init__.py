"""Chinese official typography on PDF pages, whatever the pages say.

Fonts that can be embedded, lines broken by Chinese rules, the official page, and blocks
(paragraphs, tables, charts, photographs) that flow over pages:
:func:`reports.type.flow.typeset` turns a list of :mod:`reports.type.blocks` into a PDF.
"""
