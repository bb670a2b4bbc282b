"""Small PDFs made in code: text of the standard fonts at given places, rules, pictures, turned text, a password."""

from dataclasses import dataclass, field

FONTS = {
    "": "Times-Roman",
    "b": "Times-Bold",
    "i": "Times-Italic",
    "h": "Helvetica",
    "hb": "Helvetica-Bold",
}
HEIGHT, WIDTH = 800, 600


@dataclass
class Page:
    """A page that is written from the top down."""

    content: list[str] = field(default_factory=list)
    rotate: int = 0

    def text(self, x: float, y: float, words: str, *, font: str = "", size: float = 10, turn: int = 0) -> "Page":
        """Put words with their baseline `y` points below the top."""
        name = list(FONTS).index(font)
        codes = words.encode("cp1252").hex()
        matrix = {0: "1 0 0 1", 1: "0 1 -1 0", 3: "0 -1 1 0"}[turn]
        self.content.append(f"BT /F{name} {size} Tf {matrix} {x} {HEIGHT - y} Tm <{codes}> Tj ET")
        return self

    def lines(
        self, x: float, y: float, lines: list[str], *, font: str = "", size: float = 10, step: float = 12
    ) -> float:
        """Put lines below each other, and return where the next would stand."""
        for line in lines:
            self.text(x, y, line, font=font, size=size)
            y += step
        return y

    def rule(self, x0: float, x1: float, y: float) -> "Page":
        """Draw a horizontal rule."""
        self.content.append(f"{x0} {HEIGHT - y} m {x1} {HEIGHT - y} l S")
        return self

    def picture(self) -> "Page":
        """Put a picture over the whole page."""
        self.content.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q")
        return self


def pdf(*pages: Page, info: str = "", trailer: str = "") -> bytes:
    """Return the bytes of a PDF."""
    count = len(pages)
    fonts = " ".join(f"/F{n} {3 + n} 0 R" for n in range(len(FONTS)))
    image = 3 + len(FONTS)
    first = image + 1
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in FONTS.values()
    ]
    objects.append(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\nx\nendstream"
    )
    for number, page in enumerate(pages):
        stream = "\n".join(page.content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate} /Resources "
            f"<< /Font << {fonts} >> /XObject << /Im {image} 0 R >> >> /Contents {first + 2 * number + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {info} >>")
    body = "%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\n"
    body += f"startxref\n{start}\n%%EOF"
    return body.encode("latin-1")
