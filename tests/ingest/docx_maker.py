"""Word documents made in code, part by part, as word processors write them."""

import io
import zipfile
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = {
    "Normal": ("Normal", ""),
    "Heading1": ("heading 1", '<w:outlineLvl w:val="0"/>'),
    "Heading2": ("heading 2", '<w:outlineLvl w:val="1"/>'),
    "berschrift1": ("Überschrift 1", ""),
    "Own": ("Chapter of ours", '<w:outlineLvl w:val="0"/>'),
    "Below": ("Resting on it", ""),
    "Title": ("Title", ""),
    "Quote": ("Quote", ""),
    "Zitat": ("Zitat", ""),
    "Caption": ("caption", ""),
    "TOC1": ("toc 1", ""),
}


def run(words: str, properties: str = "") -> str:
    """Return a run; `properties` are elements such as "<w:b/>"."""
    set_as = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{set_as}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def p(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of words, or of runs if they are marked up."""
    inner = content if content.startswith("<") else run(content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of words."""
    lines = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def docx(
    *body: str, footnotes: dict[int, str] | None = None, comments: int = 0, title: str = "", author: str = ""
) -> bytes:
    """Return the bytes of a document; `footnotes` are by identifier."""
    parts = {
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")
        ),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("footnotes", "/word/footnotes.xml"), ("comments", "comments.xml")
        ),
        "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{''.join(_style(key, *told) for key, told in _STYLES.items())}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote>'
        + "".join(f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in (footnotes or {}).items())
        + "</w:footnotes>",
        "word/comments.xml": f"<w:comments {W}>"
        + "".join(f'<w:comment w:id="{n}">{p("Is this so?")}</w:comment>' for n in range(comments))
        + "</w:comments>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _style(key: str, name: str, properties: str) -> str:
    based = '<w:basedOn w:val="Own"/>' if key == "Below" else ""
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"{default}><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def _relations(*told: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(told)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )
