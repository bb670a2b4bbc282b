"""What reading and writing REFI-QDA (QDA-XML 1.0, 18 March 2019) share: its schema, and the names that we give codes.

The schema beside this module is the one that REFI publishes under the MIT licence (https://www.qdasoftware.org/).
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"

ROOTS = {
    "Theme": "Themes", "Barrier": "Barriers", "Facilitator": "Facilitators", "Intervention": "Interventions",
    "Role": "Roles",
}  # fmt: skip
"""Class of a record to the code, not codable itself, below which its code stands."""
PASSAGES = "Passages"
"""The code below which `QUOTE`, `FINDING` and `MENTION` stand."""
QUOTE = "Quote"
FINDING = "Finding"
MENTION = "Mention"
"""Of words that only name, or state, what else they are coded with: no quote, and no finding by themselves."""
CONTINUES = "continues"
"""The name of the link between two selections that are one quote, broken by something."""


@cache
def _schema() -> "etree.XMLSchema":
    from lxml import etree

    return etree.XMLSchema(etree.fromstring(files("ontology").joinpath("refi-qda-project-1.0.xsd").read_bytes()))


def invalidities(project: "etree._Element") -> list[str]:
    """Return what in a `Project` element breaks the schema, each with its line; nothing if it is valid.

    >>> from lxml import etree
    >>> invalidities(etree.fromstring(f'<Project xmlns="{PROJECT_NAMESPACE}" name="a"/>'))
    []
    """
    from lxml.etree import XMLSchemaValidateError

    schema = _schema()
    try:
        if schema.validate(project):
            return []
    except XMLSchemaValidateError as error:
        return [f"cannot be compared with the schema ({error})"]
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def invalidity(path: "Path") -> str | None:
    """Return what first breaks the schema in a file of a project, read piece by piece; None if it is valid."""
    from lxml import etree

    try:
        for _, element in etree.iterparse(str(path), schema=_schema(), huge_tree=True):
            element.clear()
            above = element.getparent()
            while above is not None and above[0] is not element:
                del above[0]
    except etree.XMLSyntaxError as error:
        return str(error)
    return None
