"""`carekg mapping`: what the columns of a coding sheet, or the codes of a project, are taken to mean."""

from pathlib import Path
from typing import Annotated

import typer

from commands.common import Json, emit
from ontology.errors import CarekgError


def mapping(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A coding sheet (CSV, XLSX) or a QDA project (.qdpx).")],
    save: Annotated[
        bool, typer.Option("--save", help="Write it beside FILE, where `carekg ingest` finds it, unless there is one.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what columns, codes and cases mean: as the mapping file beside FILE says, the rest guessed.

    A mapping is a small text file that you can edit. It lies beside FILE and is called like it, with .mapping.toml
    behind. Whatever it leaves out is guessed from the names.

    \b
    Examples:
      carekg mapping sheet.xlsx
      carekg mapping project.qdpx --save
    """
    from ingest.mapping import SUFFIX, complete
    from ingest.readers import read_contents
    from ingest.readers.contents import Project, Sheet

    beside = file.with_name(file.name + SUFFIX)
    try:
        contents = read_contents(file.read_bytes(), file.name)
        told = beside.read_text(encoding="utf-8") if beside.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise CarekgError(str(file), f"cannot be read ({error})", "check the file and its permissions") from error
    content = next((one for one in contents if isinstance(one, Sheet | Project)), None)
    if content is None:
        raise CarekgError(file.name, "is no table and no QDA project", "it needs no mapping: ingest it")
    text = complete(content, told)
    if save and told is None:
        beside.write_text(text, encoding="utf-8", newline="\n")
    if json:
        emit({"file": str(file), "mapping": str(beside) if beside.is_file() else None, "text": text})
        return
    if save:
        typer.echo(
            f"{beside}: " + ("is there already; it is left as it is" if told is not None else "written"), err=True
        )
    typer.echo(text, nl=False)
    for note in content.notes:
        typer.echo(f"{file.name}: {note}", err=True)
