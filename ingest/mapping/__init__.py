"""Mapping files: what the columns of a coding sheet, or the codes and cases of a project, mean. Guessed, shown, edited.

A mapping is a small TOML file of tables whose keys are the names that the content has and whose values are words from a
short list. Whatever the file leaves out is guessed; a name that the content does not have, or a value that is on no
list, is an error, so that a slip of the pen is never read as a wish.
"""

from ingest.mapping.project import guess_project, read_project, write_project
from ingest.mapping.sheet import guess_sheet, read_sheet, write_sheet
from ingest.readers.contents import Project, Sheet

SUFFIX = ".mapping.toml"
"""What a mapping file adds to the name of the file that it is for."""


def complete(content: Sheet | Project, text: str | None = None) -> str:
    """Return the text of a mapping file with a meaning for everything: what `text` says, the rest guessed.

    Raises:
        MappingError: `text` is no mapping of this content.
    """
    if isinstance(content, Sheet):
        return write_sheet(content, read_sheet(text, content) if text else guess_sheet(content))
    return write_project(content, read_project(text, content) if text else guess_project(content))
