"""The curator's commands: look the knowledge over, list its sources, print it as a booklet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmosd_cds.errors import CdsError, KnowledgeError, Problem

if TYPE_CHECKING:
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.parsed import Parsed

BAD_KNOWLEDGE = 3

knowledge_app = typer.Typer(help="The curator's commands.", rich_markup_mode=None)

Pack = Annotated[Path | None, typer.Argument(help="Folder; else what came along.")]


@knowledge_app.callback()
def _knowledge() -> None:
    pass


@knowledge_app.command("check")
def check_knowledge(pack: Pack = None) -> None:
    """Say everything that is wrong with the knowledge, and run every case in it."""
    require_pack(pack)
    parsed, knowledge, problems = _looked_over(pack)
    for problem in problems:
        typer.echo(problem.sentence)
    if problems or parsed is None or knowledge is None:
        raise typer.Exit(BAD_KNOWLEDGE)
    from nmosd_cds.knowledge.inventory import inventory_of

    found = inventory_of(parsed, knowledge)
    typer.echo(", ".join(f"{number} {what}" for what, number in found.counts.items()))
    read, all_of_them = found.reviewed
    typer.echo(f"Reviewed by a clinician: {read} of {all_of_them} rules and options.")
    for kind, names in found.uncited.items():
        typer.echo(f"Read, but named by no rule, option or plan ({kind}): {', '.join(names)}")
    typer.echo("ok")


@knowledge_app.command("booklet")
def booklet(
    out: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    pack: Pack = None,
) -> None:
    """Write the whole knowledge as one page to be read and printed."""
    from nmosd_cds.report.booklet import make_booklet
    from nmosd_cds.report.saving import save_report, unwritable

    require_pack(pack)
    if problem := unwritable(out):
        raise CdsError([problem])
    from nmosd_cds.knowledge.load import load_knowledge

    save_report(out, make_booklet(load_knowledge(pack)))
    typer.echo(f"The booklet is in {out}")


@knowledge_app.command("evidence")
def evidence(
    option: Annotated[str, typer.Option("--option", metavar="ID", help="Of one therapy.")] = "",
    design: Annotated[str, typer.Option("--design", metavar="D", help="Of one design.")] = "",
    csv: Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="A CSV file.")] = None,
    pack: Pack = None,
) -> None:
    """List every source, or those of a therapy or design, one a line."""
    from nmosd_cds.knowledge.catalogue import Wanted, catalogue, designs_of, matching, options_of
    from nmosd_cds.knowledge.load import load_knowledge
    from nmosd_cds.report.saving import save_report, unwritable
    from nmosd_cds.report.source_table import source_heads, source_lines, source_rows
    from nmosd_cds.report.spreadsheet import csv_bytes

    require_pack(pack)
    knowledge = load_knowledge(pack)
    rows = catalogue(knowledge)
    problems = [
        *_not_among("--option", option, options_of(rows, knowledge)),
        *_not_among("--design", design, designs_of(rows)),
    ]
    if csv is not None and (problem := unwritable(csv)):
        problems.append(problem)
    if problems:
        raise CdsError(problems)
    found = matching(rows, Wanted(option=option, design=design))
    if csv is not None:
        save_report(csv, csv_bytes(source_heads(), source_rows(found, knowledge)))
        typer.echo(f"{len(found)} of {len(rows)} sources are in {csv}")
        return
    for line in source_lines(found, knowledge):
        typer.echo(line)
    typer.echo(f"{len(found)} of {len(rows)} sources")


@knowledge_app.command("translations")
def translations(
    new: Annotated[str, typer.Option("--new", metavar="CODE", help="Begin a language.")] = "",
) -> None:
    """Bring the template and every language's file up to today's texts; say what is missing."""
    from nmosd_cds import paths
    from nmosd_cds.i18n import ENGLISH, languages
    from nmosd_cds.knowledge.load import parse_knowledge
    from nmosd_cds.knowledge.template import TEMPLATE, merged, template_text
    from nmosd_cds.saving import write_whole

    package, folder = paths.package_folder(), paths.translations_folder()
    if not (package / "cli.py").is_file():
        raise CdsError([Problem("translations", "are made in a checkout of the source")])
    template = template_text(package, parse_knowledge())
    write_whole(folder / TEMPLATE, template.encode())
    for code in dict.fromkeys((*languages(), *filter(None, [new]))):
        if code == ENGLISH:
            continue
        file = folder / code / "messages.po"
        file.parent.mkdir(exist_ok=True)
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        found = merged(template, old, code)
        write_whole(file, found.text.encode())
        lists = {"missing": found.missing, "fuzzy": found.unsure, "dropped": found.dropped}
        for what, texts in lists.items():
            typer.echo(f"{code}: {len(texts)} {what}")
            for text in texts:
                typer.echo(f"  {text!r}")


def _not_among(name: str, value: str, known: tuple[str, ...]) -> list[Problem]:
    """A problem for a choice that no source has; the empty one means all."""
    if not value or value in known:
        return []
    return [Problem(name, f"`{value}` is none of them", f"Choose one of: {', '.join(known)}.")]


def require_pack(pack: Path | None) -> None:
    """Refuse a folder that is not there.

    Raises:
        KnowledgeError: it is not a folder.
    """
    if pack is not None and not pack.is_dir():
        hint = "Name one with rules and resources/evidence."
        raise KnowledgeError([Problem(str(pack), "is not a folder", hint)])


def _looked_over(
    pack: Path | None,
) -> tuple[Parsed | None, Knowledge | None, tuple[Problem, ...]]:
    """What was read and every problem; cases are run only where the files are sound."""
    from nmosd_cds.advice.check import case_problems
    from nmosd_cds.knowledge.inventory import review_problems
    from nmosd_cds.knowledge.load import examine_knowledge

    try:
        parsed, knowledge, problems = examine_knowledge(pack)
    except KnowledgeError as error:
        return None, None, error.problems
    problems = (*problems, *review_problems(parsed, on=date.today()))
    if not problems:
        problems = tuple(case_problems(parsed, knowledge))
    return parsed, knowledge, tuple(sorted(problems))
