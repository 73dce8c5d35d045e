"""Small PDF files, written by hand as ISO 32000 says, so that no test needs a program that makes them."""

from __future__ import annotations

import zlib


def pdf(pages: list[list[tuple[int, str]]], info: dict[str, str] | None = None) -> bytes:
    """A PDF whose pages hold lines: (height in points, text)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = [f"BT /F1 11 Tf 1 0 0 1 60 {y} Tm ({_escaped(text)}) Tj ET" for y, text in lines]
        content = "\n".join(shown)
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
            " /Encoding /WinAnsiEncoding >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append("<< " + " ".join(f"/{key} ({_escaped(value)})" for key, value in (info or {}).items()) + " >>")
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode("ascii")


def packed(content: bytes, times: int = 1) -> bytes:
    """A PDF of one page whose content is compressed so many times (ISO 32000-1, 7.4: filters in a row)."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = "[" + " /FlateDecode" * times + " ]"
    head, _, tail = pdf([[]]).partition(b"<< /Length 0 >>\nstream\n\n")
    return head + f"<< /Length {len(content)} /Filter {filters} >>\nstream\n".encode() + content + b"\n" + tail


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
