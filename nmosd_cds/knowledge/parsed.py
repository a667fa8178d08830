"""Files to models: every file read into its shape, with all problems and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from nmosd_cds.errors import KnowledgeError, Problem, nearest
from nmosd_cds.evidence.read import ReadEntry
from nmosd_cds.evidence.study import Drug, Guideline, Source, Study, Trial
from nmosd_cds.knowledge.case import RuleCase, TrialCase
from nmosd_cds.knowledge.frame import DefinitionsFile, ScopeRule, Stamp, StandardCareFile
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.ranking import Ranking
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.knowledge.therapy import Therapy
from nmosd_cds.strict_yaml import Document, Place, parse

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

SOURCE_FOLDERS: dict[str, type[Study] | type[Guideline] | type[Drug] | type[Trial]] = {
    "studies": Study,
    "guidelines": Guideline,
    "drugs": Drug,
    "trials": Trial,
}
READING_LIST = "resources/evidence/read.yaml"
PLANS = "rules/plans/"
THERAPY_FILES = ("therapy.yaml", "rules.yaml", "cases.yaml", "plan.yaml")


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A model and the place it was read from."""

    value: T
    document: Document
    place: Place = ()

    def problem(self, what: str, hint: str = "", *, at: Place = ()) -> Problem:
        """A problem with the line of something inside."""
        return Problem(self.document.where((*self.place, *at)), what, hint)


@dataclass
class ParsedOption:
    """The folder of one option; `therapy` is None if it could not be read."""

    folder: str
    therapy: Placed[Therapy] | None = None
    rules: list[Placed[Rule]] = field(default_factory=list)
    cases: list[Placed[RuleCase]] = field(default_factory=list)
    plan: list[Placed[PlanItem]] = field(default_factory=list)


@dataclass
class Parsed:
    """Everything read, not yet looked at together."""

    stamp: Placed[Stamp]
    ranking: Placed[Ranking]
    definitions: Placed[DefinitionsFile]
    standard_care: Placed[StandardCareFile]
    scope: list[Placed[ScopeRule]]
    scope_cases: list[Placed[RuleCase]]
    care_cases: list[Placed[RuleCase]]
    general: list[Placed[Rule]]
    general_cases: list[Placed[RuleCase]]
    trial_cases: list[Placed[TrialCase]]
    class_plans: dict[str, list[Placed[PlanItem]]]
    options: dict[str, ParsedOption]
    sources: dict[str, Placed[Source]]
    reading: list[Placed[ReadEntry]]
    documents: Mapping[str, Document]

    @property
    def therapies(self) -> dict[str, Placed[Therapy]]:
        """Every option's sheet, by folder."""
        return {name: one.therapy for name, one in self.options.items() if one.therapy}

    @property
    def plans(self) -> Iterator[Placed[PlanItem]]:
        """Every line of every plan, those of classes first."""
        for lines in self.class_plans.values():
            yield from lines
        for option in self.options.values():
            yield from option.plan

    @property
    def rules(self) -> Iterator[tuple[str, Placed[Rule]]]:
        """Every rule with its folder, the general ones first."""
        yield from (("general", rule) for rule in self.general)
        for name, option in self.options.items():
            yield from ((name, rule) for rule in option.rules)


def parse_documents(documents: Mapping[str, Document]) -> Parsed:
    """Read every document into its model.

    Args:
        documents: By name relative to the root; those made from the derived form have no lines.

    Raises:
        KnowledgeError: with everything wrong in the shape of the files.
    """
    reader = _Reader(documents)
    stamp = reader.one("rules/knowledge.yaml", Stamp)
    ranking = reader.one("rules/ranking.yaml", Ranking)
    definitions = reader.one("rules/definitions.yaml", DefinitionsFile)
    standard_care = reader.one("rules/standard-care.yaml", StandardCareFile)
    scope = reader.some("rules/scope/rules.yaml", ScopeRule)
    scope_cases = reader.many("rules/scope/cases.yaml", RuleCase)
    care_cases = reader.many("rules/standard-care/cases.yaml", RuleCase)
    general = reader.some("rules/general/rules.yaml", Rule)
    general_cases = reader.many("rules/general/cases.yaml", RuleCase)
    trial_cases = reader.many("rules/trials/cases.yaml", TrialCase)
    class_plans = reader.class_plans()
    options = reader.options()
    sources = reader.sources()
    reading = reader.many(READING_LIST, ReadEntry)
    reader.refuse_strangers()
    if reader.problems:
        raise KnowledgeError(reader.problems)
    assert stamp and ranking and definitions and standard_care  # else there was a problem
    return Parsed(
        stamp=stamp,
        ranking=ranking,
        definitions=definitions,
        standard_care=standard_care,
        scope=scope,
        scope_cases=scope_cases,
        care_cases=care_cases,
        general=general,
        general_cases=general_cases,
        trial_cases=trial_cases,
        class_plans=class_plans,
        options=options,
        sources=sources,
        reading=reading,
        documents=documents,
    )


class _Reader:
    """Reads models and remembers what was wrong and which files were asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.problems: list[Problem] = []
        self.asked: set[str] = set()

    def one(self, name: str, model: type[M]) -> Placed[M] | None:
        """A file that is one model."""
        self.asked.add(name)
        if name not in self.documents:
            self.problems.append(Problem(name, "is missing."))
            return None
        return self._placed(self.documents[name], model, ())

    def many(self, name: str, model: type[M]) -> list[Placed[M]]:
        """A file that is a list of models; an absent one is an empty list."""
        self.asked.add(name)
        document = self.documents.get(name)
        if document is None or document.data is None:
            return []
        if not isinstance(document.data, list):
            self.problems.append(Problem(document.where(), "is not a list.", "Begin with `- `."))
            return []
        found = [self._placed(document, model, (i,)) for i in range(len(document.data))]
        return [one for one in found if one is not None]

    def some(self, name: str, model: type[M]) -> list[Placed[M]]:
        """A file that has to be there; no entry is written `[]`, so that a lost file shows."""
        found = self.many(name, model)
        document = self.documents.get(name)
        if document is None or document.data is None:
            said = "is missing." if document is None else "holds nothing."
            self.problems.append(Problem(name, said, "Half a knowledge answers no case."))
        return found

    def _placed(self, document: Document, model: type[M], place: Place) -> Placed[M] | None:
        value, problems = parse(document, model, place)
        self.problems += problems
        return None if value is None else Placed(value, document, place)

    def class_plans(self) -> dict[str, list[Placed[PlanItem]]]:
        """Every file under rules/plans, by the class it holds for."""
        names = [name for name in self.documents if name.startswith(PLANS)]
        return {
            name[len(PLANS) :].removesuffix(".yaml"): self.many(name, PlanItem) for name in names
        }

    def options(self) -> dict[str, ParsedOption]:
        """Every folder under rules/therapies."""
        start = "rules/therapies/"
        folders = {name[len(start) :].split("/")[0] for name in self.documents if start in name}
        found = {}
        for folder in sorted(folders):
            names = [f"{start}{folder}/{file}" for file in THERAPY_FILES]
            therapy = self.one(names[0], Therapy)
            # Only what is listed without evidence, and what the person has now, needs no rule.
            sheet = therapy.value if therapy else None
            is_bare = sheet is None or bool(sheet.no_evidence) or sheet.is_present_treatment
            option = ParsedOption(
                folder,
                therapy,
                self.many(names[1], Rule) if is_bare else self.some(names[1], Rule),
                self.many(names[2], RuleCase),
                self.many(names[3], PlanItem) if is_bare else self.some(names[3], PlanItem),
            )
            if option.therapy and option.therapy.value.id != folder:
                said = f"`id` is `{option.therapy.value.id}` in the folder `{folder}`."
                self.problems.append(option.therapy.problem(said, at=("id",)))
            found[folder] = option
        return found

    def sources(self) -> dict[str, Placed[Source]]:
        """Every file under resources/evidence, by its stem."""
        found: dict[str, Placed[Source]] = {}
        for name in self.documents:
            parts = name.split("/")
            if parts[:2] != ["resources", "evidence"] or len(parts) != 4:
                continue
            model = SOURCE_FOLDERS.get(parts[2])
            if model is None:
                continue
            source: Placed[Any] | None = self.one(name, model)
            if source is None:
                continue
            stem = parts[3].removesuffix(".yaml")
            if source.value.id != stem:
                said = f"`id` is `{source.value.id}` in the file `{stem}.yaml`."
                self.problems.append(source.problem(said, at=("id",)))
            if stem in found:
                other = found[stem].document.name
                self.problems.append(source.problem(f"has the id of {other}.", "Rename one."))
            found[stem] = source
        return found

    def refuse_strangers(self) -> None:
        """A file nobody asked for would be silently without effect."""
        for name in sorted(set(self.documents) - self.asked):
            near = nearest(name, self.asked)
            hint = f"Did you mean `{near}`?" if near else ""
            self.problems.append(Problem(name, "is not a file that the knowledge reads.", hint))
