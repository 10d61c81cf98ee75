"""Workbooks with a row for each thing, which go out and come back filled in.

Proposals of accountability, rectification items of a school, lists of a follow-up, items from
elsewhere: one way to write them and one way to read them.
"""

from inspections.row_workbook.book import Row as Row
from inspections.row_workbook.book import RowBook as RowBook
from inspections.row_workbook.columns import Kind as Kind
from inspections.row_workbook.columns import RowColumn as RowColumn
from inspections.row_workbook.columns import RowValue as RowValue
from inspections.row_workbook.drawing import rows_data as rows_data
from inspections.row_workbook.drawing import write_rows as write_rows
from inspections.row_workbook.opening import all_opened as all_opened
from inspections.row_workbook.reading import read_rows as read_rows
from inspections.row_workbook.rows_read import RowEntry as RowEntry
from inspections.row_workbook.rows_read import RowRead as RowRead
from inspections.row_workbook.rows_read import RowsRead as RowsRead
from inspections.row_workbook.values import read_value as read_value
