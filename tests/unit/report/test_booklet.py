"""The knowledge as one page: complete, linked, and without a way out of the file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from nmosd_cds.evidence.study import Study
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.report.booklet import make_booklet


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def raw() -> bytes:
    return make_booklet(load_knowledge())


@pytest.fixture(scope="module")
def page(raw: bytes) -> _Page:
    parser = _Page()
    parser.feed(raw.decode("utf-8"))
    return parser


def test_every_rule_option_and_source_has_its_place(page: _Page) -> None:
    knowledge = load_knowledge()
    expected = {one.rule.id for one in knowledge.scope} | set(knowledge.options)
    expected |= {one.rule.id for option in knowledge.options.values() for one in option.rules}
    expected |= set(knowledge.sources)
    assert expected <= set(page.ids)


def test_no_place_has_two_names_and_every_link_leads_somewhere(page: _Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_it_runs_nothing_and_asks_no_network(page: _Page) -> None:
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form"}
    assert all(link.startswith("#") for link in page.links)


def test_every_figure_is_printed_with_its_number(page: _Page) -> None:
    text = " ".join(page.words)
    for source in load_knowledge().sources.values():
        if isinstance(source, Study):
            for arm in source.arms:
                for figure in arm.figures:
                    assert figure.label in text
    assert "11 of 16" in text


def test_a_recalled_figure_is_marked_and_nobody_is_said_to_have_reviewed(raw: bytes) -> None:
    text = raw.decode("utf-8")
    assert 'class="memory"' in text and "[recalled]" in text
    assert re.search(r"0 of \d+ rules and options by a clinician", text)


def test_the_same_knowledge_makes_the_same_bytes(raw: bytes) -> None:
    assert make_booklet(load_knowledge()) == raw


def test_what_a_file_says_cannot_become_markup() -> None:
    from nmosd_cds.report.booklet.html import element, page

    made = page("<b>", element("p", "a < b & c", title='"'), language="en").decode()
    assert "&lt;b&gt;" in made and "a &lt; b &amp; c" in made and "&quot;" in made
