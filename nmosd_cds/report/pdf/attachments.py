"""Files inside the PDF; reportlab has no call for it, its PDF objects do it."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas


def attach(canvas: Canvas, files: Mapping[str, bytes]) -> None:
    """Embed files under their names, in the order of the names."""
    document = canvas._doc
    names = PDFArray([])
    for name, content in sorted(files.items()):
        stream = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("EmbeddedFile"),
                    "Subtype": PDFName("application/json"),
                    "Params": PDFDictionary({"Size": len(content)}),
                }
            ),
            content,
            filters=[PDFStreamFilterZCompress()],
        )
        specification = PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(name),
                "UF": PDFString(name),
                "EF": PDFDictionary({"F": document.Reference(stream)}),
            }
        )
        names.sequence += [PDFString(name), document.Reference(specification)]
    tree = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})
    document.Catalog.Names = tree
