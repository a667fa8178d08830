"""The commands. Each imports its floor when it runs, so that `--help` costs nothing.

The clock is read here, beside it (`curator.py`) and in the window. Wrong input ends with a sentence
a problem and exit 2, knowledge that is unfit to be used with exit 3.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from nmosd_cds import __version__, paths
from nmosd_cds.curator import BAD_KNOWLEDGE, knowledge_app, require_pack
from nmosd_cds.errors import CdsError, KnowledgeError, Problem, on_one_line
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import sentences

if TYPE_CHECKING:
    from nmosd_cds.advice.model import Advice
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.patient.case import Case

BAD_INPUT = 2
MOST_TOLD = 1000
LONGEST_NAME = 60
DIFFERS = 1

app = typer.Typer(
    name="nmosd-cds",
    help="Cellular therapies in neuromyelitis optica, beside the approved drugs. "
    "Decision support, not a prescription.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(knowledge_app, name="knowledge")


class Language(StrEnum):
    """Languages that can be asked for."""

    en = "en"
    zh = "zh"


class Schema(StrEnum):
    """Files that have a schema."""

    case = "case"
    advice = "advice"


LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of the words.")]
KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="PACK", help="Folder with other knowledge."),
]


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Words after the program's name; None: those it was started with.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        # A sign that a terminal cannot show must not end the program.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        app(args=None if argv is None else list(argv), prog_name="nmosd-cds")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    except KnowledgeError as error:
        return _refuse(error.problems, BAD_KNOWLEDGE)
    except CdsError as error:
        return _refuse(error.problems, BAD_INPUT)
    return 0


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Try everything that came with the program.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"nmosd-cds {__version__}")
    elif check:
        _check()
    elif context.invoked_subcommand is None:
        raise typer.Exit(_window(None))


@app.command()
def gui(
    case: Annotated[Path | None, typer.Argument(help="A case file to open.")] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language; else the one used last.")
    ] = None,
) -> None:
    """Open the window."""
    if lang is not None:
        _use(lang)
    raise typer.Exit(_window(case, keeps_language=lang is not None))


@app.command()
def rank(
    case: Annotated[Path, typer.Argument(help="A case file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the advice as JSON.")] = False,
    pdf: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the report.")] = None,
    annex: Annotated[
        bool, typer.Option("--annex", help="Add every argument, rule, input and reference.")
    ] = False,
    lang: LanguageOption = Language.en,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of the advice, such as 2026-11-22.")
    ] = None,
    knowledge: KnowledgeOption = None,
    printed_by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name and time under every page.")
    ] = None,
) -> None:
    """Rank the options for one case, as text, JSON or PDF."""
    language = _use(lang)
    day = _day(on)
    if pdf is not None:
        _require_writable(pdf)
    read, believed, advice = _advised(case, day, knowledge)
    if pdf is not None:
        from nmosd_cds.report.pdf import make_pdf
        from nmosd_cds.report.saving import save_report

        now = datetime.now().replace(second=0, microsecond=0) if printed_by else None
        report = make_pdf(
            read, advice, believed, language=language, user=printed_by, printed=now, annex=annex
        )
        save_report(pdf, report)
    if as_json:
        import json

        from nmosd_cds.advice.as_json import advice_to_json

        typer.echo(json.dumps(advice_to_json(advice), ensure_ascii=False, indent=2))
        return
    from nmosd_cds.report.content import make_content
    from nmosd_cds.report.text import make_text

    content = make_content(read, advice, believed, annex=annex)
    typer.echo(make_text(content, detail=pdf is None), nl=False)
    if pdf is not None:
        typer.echo(_("The report is in {file}").format(file=pdf))


@app.command()
def examples(
    name: Annotated[str | None, typer.Argument(help="Print this example's case file.")] = None,
) -> None:
    """List the bundled fictional cases, or print one."""
    files = _examples()
    if name is None:
        told = _told()
        for stem in files:
            typer.echo(f"{stem}  {told.get(stem, '')}".rstrip())
        return
    if name not in files:
        from nmosd_cds.errors import nearest

        near = nearest(name, files) or ", ".join(files)
        _stop(
            Problem(
                name,
                _("is not the name of an example"),
                _("Did you mean {names}?").format(names=near),
            )
        )
    typer.echo(files[name].read_text(encoding="utf-8"), nl=False)


@app.command()
def calc(
    name: Annotated[str, typer.Argument(help="A calculator, such as hct_ci.")],
    inputs: Annotated[Path, typer.Argument(metavar="INPUT", help="A JSON file of its inputs.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Work one calculator, step by step."""
    _use(lang)
    from nmosd_cds.calculators.scores import SCORES
    from nmosd_cds.exchange.patient_file import read_plain_data

    scores = {score.name: score for score in SCORES}
    if name not in scores:
        from nmosd_cds.errors import nearest

        near = nearest(name, scores)
        hint = _("There are {names}").format(names=", ".join(scores))
        if near:
            hint = sentences([_("Did you mean {names}?").format(names=near), hint])
        _stop(Problem(name[:LONGEST_NAME], _("is not the name of a calculator"), hint))
    given = read_plain_data(inputs)
    try:
        worked = scores[name].compute(given)
    except CdsError as error:
        _stop_all(_within(one, inputs.name) for one in error.problems)
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps({"calculator": name, **asdict(worked)}, ensure_ascii=False, indent=2))
        return
    typer.echo(_(scores[name].label))
    for key, value in worked.result.items():
        typer.echo(f"  {key}: {value}")
    parts = {_("Steps"): worked.steps, _("Missing"): worked.missing, _("Note"): worked.warnings}
    for title, lines in parts.items():
        if lines:
            typer.echo("\n".join((title, *(f"  - {line}" for line in lines))))


@app.command()
def schema(of: Annotated[Schema, typer.Argument(help="case or advice")]) -> None:
    """Print the JSON Schema of a file."""
    import json

    from nmosd_cds.patient.schema import case_schema
    from nmosd_cds.report.advice_schema import advice_schema

    made = case_schema() if of is Schema.case else advice_schema()
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


@app.command()
def replay(
    report: Annotated[Path, typer.Argument(metavar="PDF", help="A report of this program.")],
    knowledge: KnowledgeOption = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Compute a report again from the case inside it: identical, or what differs."""
    _use(lang)
    from nmosd_cds.report.replay import replay as replayed

    raw = _bytes(report)
    differences = replayed(raw, lambda: _load(knowledge))
    if not differences:
        typer.echo(_("Identical: the same advice, and the same words on every page."))
        return
    for line in differences[:MOST_TOLD]:
        typer.echo(on_one_line(line))
    if len(differences) > MOST_TOLD:
        more = _("and {n} more differences.").format(n=len(differences) - MOST_TOLD)
        typer.echo(more)
    raise typer.Exit(DIFFERS)


def _window(case: Path | None, *, keeps_language: bool = False) -> int:
    from nmosd_cds.app import run as open_window

    return open_window(None if case is None else str(case), keeps_language=keeps_language)


def _check() -> None:
    """Load all knowledge, fonts and translations; take every example to its PDF."""
    from nmosd_cds.advice.advise import advise
    from nmosd_cds.exchange.patient_file import read_case
    from nmosd_cds.i18n import in_language, languages
    from nmosd_cds.report.pdf import make_pdf
    from nmosd_cds.report.pdf.faces import sizes_of_all

    files = _examples()
    if not files:
        _stop(Problem("The program", _("has no examples"), _("Install it anew.")))
    for code in languages():
        with in_language(code):
            believed = _load(None)
            for path in files.values():
                case = read_case(path)
                advice = advise(case, believed, on=case.as_of or date.today())
                make_pdf(case, advice, believed, language=code)
    for name, count in sizes_of_all().items():
        typer.echo(f"font {name}: {count} characters")
    typer.echo("ok")


def _advised(path: Path, day: date | None, pack: Path | None) -> tuple[Case, Knowledge, Advice]:
    from nmosd_cds.exchange.patient_file import read_case

    today = date.today()
    case = read_case(path, on=day, today=today)
    on = day or case.as_of or today
    from nmosd_cds.advice.advise import advise
    from nmosd_cds.knowledge.tables import remembered_tables

    believed = _load(pack)
    with remembered_tables(believed, pack):
        return case, believed, advise(case, believed, on=on)


def _load(pack: Path | None) -> Knowledge:
    from nmosd_cds.knowledge.load import load_knowledge

    require_pack(pack)
    return load_knowledge(pack)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        what = _("`{text}` is not a day").format(text=text)
        _stop(Problem("--on", what, _("Write, for example, 2026-11-22.")))


def _use(lang: Language) -> str:
    from nmosd_cds.i18n import use_language

    used = use_language(lang.value)
    if used != lang.value:
        text = f"There is no translation into {lang.value} yet; the words are English."
        typer.echo(text, err=True)
    return used


def _require_writable(path: Path) -> None:
    from nmosd_cds.report.saving import unwritable

    if problem := unwritable(path):
        _stop(problem)


def _bytes(path: Path) -> bytes:
    from nmosd_cds.report.replay import MAXIMUM_BYTES

    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            _stop(Problem(path.name, _("is not a file"), _("Choose a report of this program.")))
        with path.open("rb") as opened:
            # One more than is allowed shows that it is too large.
            return opened.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or _("not a name of a file")
        _stop(Problem(path.name or str(path), _("cannot be read ({why})").format(why=why)))


def _examples() -> dict[str, Path]:
    return {path.stem: path for path in sorted(paths.examples_folder().glob("*.json"))}


def _told() -> dict[str, str]:
    """What the list beside the examples says of each."""
    file = paths.examples_folder() / "README.md"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    said = (line[2:].partition(": ") for line in lines if line.startswith("- "))
    return {name: text for name, _colon, text in said}


def _refuse(problems: Iterable[Problem], code: int) -> int:
    for problem in problems:
        typer.echo(problem.sentence, err=True)
    return code


def _within(problem: Problem, file: str) -> Problem:
    """A problem of a field, with the file it stands in."""
    where = ": ".join(part for part in (file, problem.where) if part)
    return Problem(where, problem.what, problem.hint)


def _stop(problem: Problem) -> NoReturn:
    _stop_all([problem])


def _stop_all(problems: Iterable[Problem]) -> NoReturn:
    raise CdsError(problems)
