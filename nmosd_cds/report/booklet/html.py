"""A page of HTML from plain elements: escaped by the library, one file, no script, no link out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

Content = Element | str

STYLE = """
body { font: 11pt/1.45 "Noto Sans", "Segoe UI", Arial, "Noto Sans SC", "Microsoft YaHei",
             "PingFang SC", sans-serif; color: #1a1a1a;
       max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.5rem; border-bottom: 2px solid #444; }
h3 { margin-top: 2rem; } h4 { margin: 1.2rem 0 .3rem; }
a { color: #0b4f8a; } .soft { color: #555; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; font-size: .92em; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
         border-bottom: 1px solid #bbb; }
th { border-bottom: 2px solid #444; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .15rem .8rem; margin: .3rem 0; }
dt { color: #555; } dd { margin: 0; }
section.entry { margin: 1.2rem 0; padding-left: .8rem; border-left: 3px solid #999; }
.memory { font-style: italic; } .memory::before { content: "[recalled] "; font-style: normal; }
.project::after { content: " (project)"; color: #555; }
@media print { body { max-width: none; margin: 0; font-size: 9.5pt; }
  h2 { break-before: page; } section.entry, tr { break-inside: avoid; } a { color: inherit; } }
"""


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """An element with text and elements in order; `class_` and `id_` lose their underscore."""
    made = Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def link(target: str, text: str) -> Element:
    """A way to a place on the same page."""
    return element("a", text, href=f"#{target}")


def joined(parts: Iterable[Content], between: str = ", ") -> list[Content]:
    """Parts with words between them."""
    found: list[Content] = []
    for part in parts:
        if found:
            found.append(between)
        found.append(part)
    return found


def listed(items: Iterable[Sequence[Content]]) -> Element:
    """A list with one entry for each item."""
    return element("ul", *(element("li", *item) for item in items))


def table(head: Sequence[str], rows: Iterable[Sequence[Sequence[Content]]]) -> Element:
    """A table; every cell is a sequence of texts and elements."""
    return element(
        "table",
        element("tr", *(element("th", title) for title in head)),
        *(element("tr", *(element("td", *cell) for cell in row)) for row in rows),
    )


def pairs(rows: Iterable[tuple[str, Sequence[Content]]]) -> Element:
    """Names beside what they stand for."""
    made = element("dl")
    for name, content in rows:
        made.append(element("dt", name))
        made.append(element("dd", *content))
    return made


def page(title: str, *content: Content, language: str) -> bytes:
    """The whole file, UTF-8."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", STYLE),
    )
    whole = element("html", head, element("body", *content), lang=language)
    text: bytes = tostring(whole, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + text + b"\n"
