"""Each cited source once: in full for the annex, short under the pages that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from nmosd_cds.advice.model import Advice
from nmosd_cds.evidence.study import Drug, Source, Trial
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import noted
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import from_elsewhere, in_focus
from nmosd_cds.report.effects import compared
from nmosd_cds.report.model import Block, Flow, Heading, Line, texts_in, words

_KEY = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_SHORT_COLUMNS = 3


def cited(advice: Advice) -> tuple[str, ...]:
    """Every citation key that the annex prints, sorted, each once."""
    keys = {key for line in advice.standard_care.definitions for key in line.cites}
    for option in advice.options:
        for finding in option.findings:
            if finding.truth is not Truth.FALSE:
                keys.update(finding.cites)
        keys.update(figure.study for figure in option.deaths_all_causes)
        keys.update(figure.study for figure in option.deaths_related)
    keys.update(key for one in compared(advice) for line in one.effects for key in line.studies)
    for option in (*in_focus(advice), *from_elsewhere(advice)):
        for argument in option.arguments:
            keys.update(argument.cites)
            keys.update(figure.study for figure in argument.figures)
        for line in option.plan:
            keys.update(line.cites)
            keys.update(key for one in line.ranges for key in one.cites)
        for drug in option.washout.lines if option.washout else ():
            keys.update(drug.cites)
            keys.update(key for one in drug.dates for key in one.cites)
    keys.update(trial.id for trial in advice.trials if trial.lines)
    return tuple(sorted(key for key in keys if key))


def reference_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """The list of references; a key without a source is printed and says so."""
    lines = tuple(_reference(key, sources.get(key)) for key in cited(advice))
    if lines:
        yield Heading(_("References"))
        yield Flow(lines)


def short_reference_blocks(
    advice: Advice, sources: Mapping[str, Source], blocks: Iterable[Block]
) -> Iterator[Block]:
    """The sources named in these blocks: key, journal and year."""
    texts = dict.fromkeys(texts_in(tuple(blocks)))
    named = {key for text in texts for key in _KEY.findall(text)}
    # The name of a drug is a word of the page, not a citation of its sheet.
    keys = [key for key in cited(advice) if not isinstance(sources.get(key), Drug)]
    lines = tuple(_short(key, sources.get(key)) for key in keys if key in named)
    if lines:
        yield Heading(_("References on these pages"))
        yield Flow(lines, columns=_SHORT_COLUMNS)


def _short(key: str, source: Source | None) -> Line:
    if source is None:
        said = _("not among the sources")
    elif isinstance(source, Trial):
        said = source.registry or _("no registry number")
    else:
        assert not isinstance(source, Drug)  # left out above
        citation = source.citation
        year = str(citation.year) if citation.year is not None else _("year not known")
        said = f"{citation.journal} {year}".strip()
    return words(key, bold=True) + words(f" {said}", tone="soft")


def _reference(key: str, source: Source | None) -> Line:
    said = _("not among the sources") if source is None else _cited(source)
    return words(key, bold=True) + words(f" {said}")


def _cited(source: Source) -> str:
    if isinstance(source, Drug):
        return _("drug sheet: {name}").format(name=source.name)
    if isinstance(source, Trial):
        return f"{source.title}. {source.registry or _('no registry number')}"
    citation = source.citation
    year = str(citation.year) if citation.year is not None else _("year not known")
    found = [citation.doi.value if citation.doi else "", citation.registry or ""]
    if citation.pmid and not any(found):
        found.append(f"PMID {citation.pmid.value}")
    parts = [f"{citation.journal} {year}".strip(), *filter(None, found)]
    said = ". ".join(part.rstrip(".") for part in parts)
    return noted(said, _("partly recalled")) if citation.recalled else said
