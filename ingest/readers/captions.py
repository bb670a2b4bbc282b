"""Labels and captions of tables and figures in marked-up sources, by their words."""

import re

from ingest.readers.tables import CAPTION

_LABEL = re.compile(
    r"(?:supplementary |additional |extended data )?(?:table|fig(?:ure)?|chart|scheme|box|video|movie|quadro|tabela|"
    r"figura|graph|plate|exhibit|appendix (?:table|figure))s?\.?[\s\u00a0]*[A-Z]?\d{1,3}[a-z]?[\s.:|–—-]*",
    re.IGNORECASE,
)


def is_label(words: str) -> bool:
    """Say whether words are the label of a table or figure and nothing else.

    >>> is_label("Table 1."), is_label("Fig. S2"), is_label("Table 1 Who took part")
    (True, True, False)
    """
    return _LABEL.fullmatch(words) is not None


def is_caption(words: str) -> bool:
    """Say whether a line that stands alone is the caption of a table or figure.

    >>> is_caption("Table 2 Who took part"), is_caption("Box office"), is_caption("Figure 1: The way of a letter")
    (True, False, True)
    """
    found = CAPTION.match(words)
    rest = found.group("rest").lstrip() if found else ""
    return is_label(words) or (rest != "" and (rest[0] in ".:|–—-" or rest[0].isupper()))
