"""Illustrative papers of a real paper's size, as many as are wanted, each in several formats; all are made up.

A number gives a paper, always the same one. The sentences are put together from parts, so that no two papers are alike.
"""

import io
import random
import zipfile
from dataclasses import dataclass
from html import escape
from textwrap import wrap

ROLES = (
    "nurse",
    "general practitioner",
    "pharmacist",
    "social worker",
    "oncologist",
    "case manager",
    "physiotherapist",
)
_TASKS = ("medication review", "discharge planning", "follow-up calls", "home visits", "referrals", "pain management")
_LACKS = (
    "a lack of time",
    "poor communication",
    "unclear responsibilities",
    "limited access to records",
    "low staffing",
)
_CAUSES = ("because nobody was told", "when letters arrived late", "as records were not shared", "at the weekend")
_WISHES = ("a shared care plan", "a named contact", "joint meetings", "a single record", "a call before discharge")
_HELPS = ("A joint ward round", "Sharing one office", "A known face at the desk", "Time set aside for calls")
_PLAIN = (
    "The practice has two rooms on the first floor, into which it moved in the spring before the interviews.",
    "Most of the letters that we were shown were between one and two pages long, and were filed by month.",
    "In the second town the {role}s meet on Tuesdays, and those of the neighbouring practice on Thursdays.",
    "The region is hilly, and the next hospital is an hour away by bus.",
    "The forms differed from place to place, and some of them had been printed long before the interviews.",
    "The day begins at eight there, and the door is open until the last bus has left.",
    "We return to this in the next section, where the accounts are set beside those of the second round.",
    "These accounts came from all of the places, and from people of every age.",
)
_SAID = (
    "I never know who is meant to call", "We wait for the letter and it does not come",
    "You ask three people and get four answers",
    "They tell me to ring the ward, and the ward rings me", "Nobody wrote down what had been changed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A made-up study: sections of paragraphs, where one that begins with a quotation mark is a participant's."""

    number: int
    title: str
    authors: tuple[str, ...]
    year: str
    doi: str
    abstract: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def paper(number: int, *, paragraphs: int = 20) -> Paper:
    """Return the paper of this number; with 20 paragraphs a section it has some 8,800 words, and holds about as much
    as a real one does: `benchmarks.ingest --shared` compares."""
    rng = random.Random(f"paper {number}")  # noqa: S311 - no secret depends on it
    role, other = rng.sample(ROLES, 2)
    task = rng.choice(_TASKS)
    title = f"Who takes care of {task}? A qualitative study of {role}s and {other}s, number {number}"
    abstract = (
        f"Background: {task.capitalize()} falls between {role}s and {other}s. Methods: We interviewed "
        f"{rng.randint(12, 40)} {role}s and {rng.randint(8, 30)} {other}s and analysed transcripts thematically. "
        "Results: Barriers were "
        f"{rng.choice(_LACKS)} and {rng.choice(_LACKS)}. Conclusions: {rng.choice(_WISHES).capitalize()} could help."
    )
    body = [
        ("Background", tuple(_background(rng, task) for _ in range(paragraphs))),
        ("Methods", tuple(_methods(rng, role, other) for _ in range(paragraphs // 2))),
        *((f"Theme {n}: {rng.choice(_LACKS)}", tuple(_results(rng, paragraphs))) for n in range(1, 5)),
        ("Discussion", tuple(_discussion(rng) for _ in range(paragraphs))),
        ("Conclusions", (f"{rng.choice(_WISHES).capitalize()} should be offered to {role}s and {other}s.",)),
    ]
    authors = tuple(
        f"{first} {last}{number}" for first, last in (("Ada", "Brandt"), ("Jon", "Okafor"), ("Mei", "Sato"))
    )
    return Paper(number, title, authors, str(2000 + number % 25), f"10.5555/made.up.{number}", abstract, tuple(body))


def as_text(one: Paper) -> bytes:
    """Return the paper as plain text."""
    parts = [one.title, ", ".join(one.authors), f"doi:{one.doi}", "ABSTRACT", one.abstract]
    for heading, paragraphs in one.sections:
        parts += [heading.upper(), *paragraphs]
    return "\n\n".join(parts).encode()


def as_jats(one: Paper, *, doi: bool = True) -> bytes:
    """Return the paper as JATS; quotations are set apart."""
    names = "".join(
        f'<contrib contrib-type="author"><name><surname>{last}</surname><given-names>{first}</given-names></name>'
        "</contrib>"
        for first, last in (author.split() for author in one.authors)
    )
    identifier = f'<article-id pub-id-type="doi">{one.doi}</article-id>' if doi else ""
    body = "".join(
        f"<sec><title>{escape(heading)}</title>{''.join(_jats_paragraph(p) for p in paragraphs)}</sec>"
        for heading, paragraphs in _nested(one.sections)
    )
    references = "".join(
        f'<ref id="B{n}"><label>{n}</label><mixed-citation>Author {n}. Made up. 20{n:02}.</mixed-citation></ref>'
        for n in range(1, 41)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><article article-type="research-article"><front><journal-meta>'
        "<journal-title-group><journal-title>Made-up Care</journal-title></journal-title-group></journal-meta>"
        f"<article-meta>{identifier}<title-group><article-title>{escape(one.title)}</article-title></title-group>"
        f'<contrib-group>{names}</contrib-group><pub-date pub-type="collection"><day>1</day><month>5</month>'
        f"<year>{one.year}</year></pub-date>"
        f"<abstract><p>{escape(one.abstract)}</p></abstract></article-meta></front><body>{body}</body>"
        f"<back><ref-list>{references}</ref-list></back></article>"
    ).encode()


def as_html(one: Paper) -> bytes:
    """Return the paper as a web page with a menu."""
    parts = [
        f"<h1>{escape(one.title)}</h1><p>{', '.join(one.authors)}</p><h2>Abstract</h2><p>{escape(one.abstract)}</p>"
    ]
    for heading, paragraphs in one.sections:
        parts.append(f"<h2>{escape(heading)}</h2>")
        parts += [
            f"<blockquote>{escape(p)}</blockquote>" if p.startswith("“") else f"<p>{escape(p)}</p>" for p in paragraphs
        ]
    meta = f'<meta name="citation_doi" content="{one.doi}"><meta name="citation_title" content="{escape(one.title)}">'
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/login'>Sign in</a></li></ul></nav>"
    page = f"<!DOCTYPE html><html><head><title>{escape(one.title)}</title>{meta}</head><body>{menu}<article>"
    return (page + "".join(parts) + "</article></body></html>").encode()


def as_docx(one: Paper) -> bytes:
    """Return the paper as a Word document, the smallest that is one."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def styled(text: str, style: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'

    parts = [styled(one.title, "Title"), styled("Abstract", "Heading1"), styled(one.abstract, "Normal")]
    for heading, paragraphs in one.sections:
        parts.append(styled(heading, "Heading1"))
        parts += [styled(p, "Quote" if p.startswith("“") else "Normal") for p in paragraphs]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>'
        for i, n in (("Title", "Title"), ("Heading1", "heading 1"), ("Quote", "Quote"), ("Normal", "Normal"))
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
            "word/document.xml": f"<w:document {space}><w:body>{''.join(parts)}</w:body></w:document>",
        }
    )


def as_pdf(one: Paper) -> bytes:
    """Return the paper as a PDF of two columns with a running header and page numbers."""
    lines: list[tuple[str, int]] = [(line, 14) for line in wrap(one.title, 32)]
    lines += [(line, 9) for line in wrap(f"{', '.join(one.authors)}. doi:{one.doi}", 52)]
    for heading, paragraphs in (("Abstract", (one.abstract,)), *one.sections):
        lines += [("", 9), (heading, 11)]
        for text in paragraphs:
            lines += [(line, 9) for line in wrap(text, 52)] + [("", 9)]
    pages = [lines[at : at + 108] for at in range(0, len(lines), 108)]
    return _pdf([_page(page, number) for number, page in enumerate(pages, 1)])


def as_ris(one: Paper, *, doi: bool = True) -> bytes:
    """Return the reference of the paper in RIS."""
    fields = [("TY", "JOUR"), ("TI", one.title), *(("AU", ", ".join(a.split()[::-1])) for a in one.authors)]
    fields += [("PY", one.year), ("JO", "Made-up Care"), *([("DO", one.doi)] if doi else []), ("AB", one.abstract)]
    return ("".join(f"{tag}  - {value}\r\n" for tag, value in fields) + "ER  - \r\n").encode()


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these members; the same members give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _background(rng: random.Random, task: str) -> str:
    cited, role = rng.randint(1, 40), rng.choice(ROLES)
    return (
        f"{task.capitalize()} has been described as a matter of {rng.choice(_LACKS)} "
        f"in {rng.choice(ROLES)}s [{cited}]. "
        f"{_plain(rng, role)} {_plain(rng, role)} {_plain(rng, role)}"
    )


def _methods(rng: random.Random, role: str, other: str) -> str:
    return (
        f"Semi-structured interviews with {role}s and {other}s lasted {rng.randint(20, 40)} to {rng.randint(45, 90)} "
        "minutes. "
        f"Transcripts were coded by two researchers in NVivo and analysed thematically. Participants were sampled "
        f"purposively from {rng.randint(2, 9)} clinics between January and May {rng.randint(2001, 2020)}."
    )


def _results(rng: random.Random, paragraphs: int) -> list[str]:
    found = []
    for _ in range(paragraphs):
        role, other = rng.sample(ROLES, 2)
        telling = rng.choice(
            (
                f"Several {role}s named {rng.choice(_LACKS)} as a barrier to {rng.choice(_TASKS)}, "
                f"{rng.choice(_CAUSES)}.",
                f"{rng.choice(_HELPS)} made it easier to take part in {rng.choice(_TASKS)}, {role}s said.",
                f"{rng.choice(_HELPS)} helped with {rng.choice(_TASKS)}, as {other}s described.",
                f"One {other} suggested {rng.choice(_WISHES)}.",
                f"Most {other}s felt that the {role} should be responsible for {rng.choice(_TASKS)}.",
            )
        )
        found.append(f"{_plain(rng, role)} {telling} {_plain(rng, role)} {_plain(rng, role)}")
        if rng.random() < 0.22:
            found.append(
                f"“{rng.choice(_SAID)}, and {rng.choice(_SAID).lower()}.” ({role.capitalize()} {rng.randint(1, 30)})"
            )
    return found


def _discussion(rng: random.Random) -> str:
    role = rng.choice(ROLES)
    return (
        f"We found that {rng.choice(_LACKS)} kept {rng.choice(ROLES)}s from {rng.choice(_TASKS)}. "
        f"{_plain(rng, role)} {_plain(rng, role)} "
        f"{rng.choice(_WISHES).capitalize()} might help {rng.choice(ROLES)}s, as others argued [{rng.randint(1, 40)}]."
    )


def _plain(rng: random.Random, role: str) -> str:
    """Return a sentence that tells of a place or of people and finds nothing, as most of a paper's do."""
    return rng.choice(_PLAIN).format(role=role)


def _nested(sections: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the sections with a heading for the results before the first theme."""
    at = next(n for n, (heading, _) in enumerate(sections) if heading.startswith("Theme"))
    return [*sections[:at], ("Results", ("Four themes were identified.",)), *sections[at:]]


def _jats_paragraph(text: str) -> str:
    if text.startswith("“"):
        return f"<disp-quote><p>{escape(text)}</p></disp-quote>"
    marked = escape(text)
    for number in range(1, 41):
        marked = marked.replace(f"[{number}]", f'[<xref ref-type="bibr" rid="B{number}">{number}</xref>]')
    return f"<p>{marked}</p>"


def _page(lines: list[tuple[str, int]], number: int) -> bytes:
    """Return the drawing of a page: two columns of 54 lines below a header, above its number."""
    drawn = ["BT /F1 8 Tf 1 0 0 1 50 810 Tm (Made-up Care, illustrative papers) Tj ET"]
    for at, (text, size) in enumerate(lines):
        x, y = 50 + 255 * (at // 54), 780 - 13.5 * (at % 54)
        safe = text.encode("cp1252", "replace").decode("latin-1").translate({40: "\\(", 41: "\\)", 92: "\\\\"})
        font = "F2" if size > 9 else "F1"
        drawn.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {y:.1f} Tm ({safe}) Tj ET")
    drawn.append(f"BT /F1 8 Tf 1 0 0 1 300 30 Tm ({number}) Tj ET")
    return "\n".join(drawn).encode("latin-1")


def _pdf(drawings: list[bytes]) -> bytes:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{} /Encoding /WinAnsiEncoding >>"
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(drawings)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawings)} >>".encode(),
        font.format("").encode(),
        font.format("-Bold").encode(),
    ]
    for n, drawing in enumerate(drawings):
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        page = f"/MediaBox [0 0 595 842] /Resources {resources} /Contents {6 + 2 * n} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, told in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
