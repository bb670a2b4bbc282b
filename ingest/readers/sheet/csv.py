"""Reader of coding sheets in CSV: separator and encoding are found from the content."""

import csv
import io

from ingest.errors import ReaderError
from ingest.readers.contents import Sheet
from ingest.readers.decode import decode
from ingest.readers.sheet.columns import SEPARATORS, separator_of, told_separator
from ingest.readers.sheet.tables import RawTable, assemble_sheet

_SAMPLE = 65_536


def read_csv(data: bytes, source: str) -> Sheet:
    """Return the coding sheet of a table in text; cells are parted by comma, semicolon, tab or bar.

    Raises:
        ReaderError: it is no text, a cell is too long, or there are no rows below a header.

    >>> sheet = read_csv(b"Study;Quote\\nLund 2020;\\"Nobody; really nobody\\"\\n", "a.csv")
    >>> [cell.column for cell in sheet.tables[0].rows[0].cells], sheet.document.text
    (['Study', 'Quote'], 'Study\\tQuote\\nLund 2020\\tNobody; really nobody\\n')
    """
    text, notes = decode(data, source)
    first, _, rest = text.partition("\n")
    separator = told_separator(text)
    if separator:
        text = rest
    else:
        separator = separator_of(text[:_SAMPLE]) or max(SEPARATORS, key=first.count)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1))
    except csv.Error as error:
        raise ReaderError(source, f"is no table ({error})", "close every quotation mark, or save it as XLSX") from error
    return assemble_sheet([RawTable("", rows)], source, "text/csv", notes)
