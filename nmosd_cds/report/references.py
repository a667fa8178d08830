"""Each cited source once, in one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import Advice
from nmosd_cds.evidence.study import Drug, Source, Trial
from nmosd_cds.i18n import _
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import in_focus
from nmosd_cds.report.model import Block, Flow, Heading, Line, words


def cited(advice: Advice) -> tuple[str, ...]:
    """Every citation key that the report prints, sorted, each once."""
    keys = {key for line in advice.standard_care.definitions for key in line.cites}
    for option in advice.options:
        if option.status == "no-evidence":
            continue
        for finding in option.findings:
            if finding.truth is not Truth.FALSE:
                keys.update(finding.cites)
        keys.update(figure.study for figure in option.deaths_all_causes)
        keys.update(figure.study for figure in option.deaths_related)
    for option in in_focus(advice):
        for argument in option.arguments:
            keys.update(argument.cites)
            keys.update(figure.study for figure in argument.figures)
        for line in option.plan:
            keys.update(line.cites)
    return tuple(sorted(key for key in keys if key))


def reference_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """The list of references; a key without a source is printed and says so."""
    lines = tuple(_reference(key, sources.get(key)) for key in cited(advice))
    if lines:
        yield Heading(_("References"))
        yield Flow(lines)


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
    recalled = f" ({_('partly recalled')})" if citation.recalled else ""
    return ". ".join(part.rstrip(".") for part in parts) + recalled
