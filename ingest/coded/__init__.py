"""What people coded by hand (a coding sheet, a QDA project) to records, by a mapping that they can edit."""

from ingest.library import Library
from ingest.readers.contents import Project, RecordGroup, Sheet


def resolve(content: Sheet | Project, library: Library, mapping: str | None = None) -> tuple[RecordGroup, ...]:
    """Return the records of what was coded, one group a document, in the order of the sources.

    `mapping` is the text of a mapping file (TOML, see `carekg mapping`); without it the meaning of columns and codes is
    guessed, and the notes say so. `library` has the studies that were read: rows and cases that name one of them belong
    to it, and quotes are looked for in its text. A table that lists references has no records of its own unless a
    mapping says so. Pure: the same content, library and mapping give the same records.

    Raises:
        MappingError: the mapping is no TOML, or names what the content does not have.
    """
    if isinstance(content, Sheet):
        if content.listed and mapping is None:
            return ()
        from ingest.coded.sheet import resolve_sheet

        return (resolve_sheet(content, library, mapping),)
    from ingest.coded.project import resolve_project

    return resolve_project(content, library, mapping)
