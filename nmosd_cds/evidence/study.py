"""What one publication reported: citation, arms, populations and figures, each with its flag.

The shapes of the files under `resources/evidence/`; no arithmetic, no option ranked here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from nmosd_cds.strict_yaml import FileModel, Number, Prose, Whole

FigureFlag = Literal["seen", "derived", "memory", "project"]
# In a file `none` reads as None; where it is one of the words to choose from it is said back.
_SayNone = BeforeValidator(lambda value: "none" if value is None else value)
Confirmation = Annotated[
    Literal["different-document", "same-text", "same-press-text", "one-secondary-source", "none"],
    _SayNone,
]
Design = Literal[
    "randomised-trial",
    "single-arm-trial",
    "single-arm-phase-1",
    "prospective-cohort",
    "retrospective-cohort",
    "registry",
    "meta-analysis",
    "case-series",
    "case-report",
    "review",
    "survey",
    "press",
    "guideline",
    "label",
    "protocol",
    "preclinical",  # cells in a dish or animals; nobody was treated, so it has no arms
    "survey",  # people were asked, not treated
]
FigureKind = Literal[
    "count",  # count of `of` patients
    "percentage",  # printed percentage or survival without counts; never turned into a count
    "survival",  # Kaplan-Meier value at a time
    "mean",
    "ratio",  # hazard, risk, odds or rate ratio
    "index",  # a number without a unit that is none of these, such as an area under the curve
    "rate",  # events per patient-year
    "duration",
    "person-time",  # patient-years, printed or derived
    "events",  # number of events over the arm's person-time
    "text",
]


class Flagged(FileModel):
    """A citation detail and how it was seen."""

    value: str
    flag: Literal["seen", "memory"]


class Citation(FileModel):
    """How to find the publication. A missing doi or pmid is None, never invented.

    Attributes:
        year: Year of publication; None if it was not printed in the text seen.
        recalled: Details of the citation that were recalled, not read.
    """

    authors: str
    year: Whole | None
    title: str
    journal: str
    doi: Flagged | None = None
    pmid: Flagged | None = None
    registry: str | None = None
    url: str | None = None
    recalled: tuple[Literal["authors", "year", "title", "journal"], ...] = ()


class Time(FileModel):
    """A span after entry."""

    value: Number
    unit: Literal["days", "weeks", "months", "years"]


class Figure(FileModel):
    """One published number.

    Attributes:
        label: What it is, in words a clinician reads.
        count: Numerator of a count; None if not printed.
        of: Denominator of a count, or n behind a percentage.
        printed_percent: The percentage printed beside a count, as printed; it has to fit.
        value: The number, for all kinds but `count`.
        low: Lower 95 % limit as printed; computed intervals are not stored.
        high: Upper 95 % limit as printed.
        unit: Unit of the value; for a count, what was counted if not patients (reports, centres).
        statistic: What the value is (median, hazard ratio, estimate). A percentage without one is
            a share of `of`, and some count has to give it.
        at: Time after entry.
        flag: How it is known. `memory` is shown, never in arithmetic.
        confirmed_by_second: How independent the second sighting was.
        outcome: Shared outcome key (relapse_free, progression_free, off_drugs, death_all_causes,
            treatment_related_death, aqp4_positive_after, ...), so that figures can be compared.
    """

    id: str
    kind: FigureKind
    label: Prose
    outcome: str | None = None
    count: Whole | None = None
    of: Whole | None = None
    printed_percent: Number | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: Prose | None = None
    statistic: Prose | None = None
    at: Time | None = None
    text: Prose | None = None
    flag: FigureFlag
    formula: str | None = None
    assumption: Prose | None = None
    confirmed_by_second: Confirmation = "none"
    source_url: str | None = None
    note: Prose | None = None


class Share(FileModel):
    """A count of patients with a feature."""

    count: Whole
    of: Whole
    flag: FigureFlag


class Range(FileModel):
    """How a measure was spread. Absent limits were not printed.

    Attributes:
        central: A central value printed without saying whether it is a mean or a median.
    """

    median: Number | None = None
    mean: Number | None = None
    central: Number | None = None
    low: Number | None = None
    high: Number | None = None
    flag: FigureFlag


class Said(FileModel):
    """A feature told in words."""

    text: Prose
    flag: FigureFlag


class Population(FileModel):
    """Who was treated. None means not reported in the text seen, never zero."""

    aqp4_positive: Share | None = None
    aqp4_negative: Share | None = None
    mog_positive: Share | None = None
    female: Share | None = None
    age_years: Range | None = None
    edss: Range | None = None
    disease_years: Range | None = None
    relapses_per_year: Range | None = None
    prior_drugs: Said | None = None
    activity: Said | None = None


class Arm(FileModel):
    """One group of patients under one treatment.

    Attributes:
        option: Option id, or a drug id for the pivotal drug trials, or `placebo`/`azathioprine`;
            `unregulated-product` for cells that a clinic sold.
        n: Patients treated; None if not printed.
        part_of: Id of the arm that holds these patients too; they are never added to it.
        regimen: What was done to them.
        directness: Whether these patients had NMOSD, where that differs from the study; else None.
    """

    id: str
    option: str
    n: Whole | None = None
    part_of: str | None = None
    regimen: Prose | None = None
    directness: Literal["nmosd", "indirect"] | None = None
    population: Population = Population()
    figures: tuple[Figure, ...] = ()


class Conflict(FileModel):
    """Two texts that disagree; both sides are shown."""

    figure: str
    says: Prose
    source_url: str | None = None


class Study(FileModel):
    """One study file. `id` is the file stem and the citation key.

    Attributes:
        n: Patients of the whole study, where the arms' own numbers were not printed.
        population: Features printed for the whole study and not arm by arm.
    """

    id: str
    kind: Literal["study"]
    citation: Citation
    design: Design
    centres: Whole | None = None
    country: Prose | None = None
    directness: Literal["nmosd", "indirect"] = "nmosd"
    disease: Prose | None = None
    summary: Prose
    n: Whole | None = None
    population: Population = Population()
    arms: tuple[Arm, ...]
    patients_overlap_with: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    limits: tuple[Prose, ...] = ()


class Guideline(FileModel):
    """A guideline, consensus or label that rules may cite.

    Attributes:
        says: Statements known as `flag` says.
        recalled: Statements known from memory only; shown with a mark, no rule rests on them.
        not_seen: What the document holds but nobody here has read.
        other_urls: Further pages on which statements of `says` were read.
    """

    id: str
    kind: Literal["guideline"]
    citation: Citation
    flag: FigureFlag
    says: tuple[Prose, ...]
    not_seen: tuple[Prose, ...] = ()
    population: Prose | None = None
    source_url: str | None = None
    other_urls: tuple[str, ...] = ()
    recalled: tuple[Prose, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confirmed_by_second: Confirmation = "none"


class Approval(FileModel):
    """Standing of a drug with one authority, for NMOSD.

    Attributes:
        status: `general-licence`: licensed, and not for NMOSD alone; `not-for-nmosd`: licensed for
            another disease, and harmful or useless in this one.
        date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None if it was not printed.
        date_flag: How the date is known, if not as the status is.
        note: What else the texts say of it.
    """

    status: Literal["approved", "off-label", "general-licence", "not-for-nmosd"]
    date: str | None = None
    date_flag: Literal["seen", "memory"] | None = None
    population: Prose | None = None
    flag: FigureFlag
    confirmed_by_second: Confirmation = "none"
    source_url: str | None = None
    note: Prose | None = None


class SafetyNote(FileModel):
    """One statement about a drug, with how it is known."""

    text: Prose
    flag: FigureFlag
    source_url: str | None = None
    confirmed_by_second: Confirmation = "none"
    cites: tuple[str, ...] = ()


class AdequateTrial(FileModel):
    """What must have been given before a relapse counts as failure of the drug.

    Attributes:
        minimum_weeks: None if no time on this drug ever counts as failure of a class.
        early_window_weeks: A relapse this soon after an infusion is not yet failure.
    """

    minimum_weeks: Whole | None
    definition: Prose
    basis: Literal["published", "project"]
    early_window_weeks: Whole | None = None
    cites: tuple[str, ...] = ()


class Washout(FileModel):
    """Interval before leukapheresis. `days` None means no interval is published."""

    days: Whole | None
    text: Prose
    flag: FigureFlag
    cites: tuple[str, ...] = ()


Group = Literal["aqp4-positive-adult", "aqp4-negative", "under-18"]
Region = Literal["us", "eu", "jp", "cn", "all"]


class Drug(FileModel):
    """One preventive drug. `id` is the file stem and the choice in the treatment list.

    Attributes:
        substance: What it is, in words.
        indications: What the texts say of it by group of people; an absent group is not known.
        approvals: Authorities whose standing was read or recalled; an absent one is not known.
            `all` stands for every authority at once.
        failure: When a relapse counts against it, beyond the adequate trial.
        pseudo_failure: What has to be ruled out for this drug before that, besides the checklist
            of `rules/standard-care.yaml`.
        switch: What a change after its failure means for what comes next.
        monitoring: What is tested while it is taken.
        pregnancy: What is known of pregnancy under it.
        reported: Results from tables and congress texts that have no study file of their own.
        harms_in_nmosd: A drug for another disease that makes NMOSD worse or leaves it untreated.
        teratogenic: `unknown` where no text seen says either way; never to be read as safe.
    """

    id: str
    kind: Literal["drug"]
    name: Prose
    brand: str | None = None
    substance: Prose | None = None
    mechanism_class: Annotated[Literal["c5", "b-cell", "il6r", "classical", "none"], _SayNone]
    target: Prose
    indications: dict[Group, SafetyNote] = {}
    approvals: dict[Region, Approval]
    dose: SafetyNote | None = None
    adequate_trial: AdequateTrial
    time_to_effect: SafetyNote | None = None
    failure: tuple[SafetyNote, ...] = ()
    pseudo_failure: tuple[SafetyNote, ...] = ()
    switch: tuple[SafetyNote, ...] = ()
    washout: Washout | None = None
    safety: tuple[SafetyNote, ...] = ()
    monitoring: tuple[SafetyNote, ...] = ()
    pregnancy: tuple[SafetyNote, ...] = ()
    masks_fever_and_crp: Literal["true", "false"] = "false"
    teratogenic: Literal["true", "false", "unknown"] = "false"
    harms_in_nmosd: Literal["true", "false"] = "false"
    studies: tuple[str, ...] = ()
    reported: tuple[SafetyNote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    note: Prose | None = None


class Modelled(FileModel):
    """What fields can say of one line of a list, and what they cannot.

    Attributes:
        when: Condition in the language of rules; an inclusion is met when it is true, an exclusion
            is passed when it is false. None: no field can say it.
        not_modelled: What no field says, so that a person has to check it; None: nothing is left.
        joined: How `not_modelled` adds to `when`: `all`, both have to hold for the line to apply;
            `any`, either is enough.
    """

    when: Any = None
    not_modelled: Prose | None = None
    joined: Literal["all", "any"] | None = None


class Reading(Modelled):
    """One way to read a line."""

    text: Prose


class TrialCriterion(Modelled):
    """One line of a registry's eligibility list, in our words.

    Attributes:
        id: Short name within its trial; required where the disease is NMOSD.
        ambiguous: Why the line can be read in more than one way; then it has `readings`, and is
            settled only where all of them say the same.
    """

    id: str | None = None
    text: Prose
    kind: Literal["inclusion", "exclusion"]
    flag: FigureFlag
    ambiguous: Prose | None = None
    readings: tuple[Reading, ...] = ()


Recruitment = Literal[
    "recruiting", "not-yet-recruiting", "completed", "terminated", "withdrawn", "unknown"
]
# Nobody can be taken any more.
CLOSED: tuple[Recruitment, ...] = ("completed", "terminated", "withdrawn")


class Trial(FileModel):
    """A registered trial. `id` is the registry number in lower case and the file stem.

    Attributes:
        registry: The registry number; None if none was printed in the text seen.
        short: Name in a table; the title if None.
        status: What the texts seen say of its course.
        recruitment: The same as one word.
        status_on: Day the texts give for it, which may be partial; None if they print none.
        read_on: When somebody here read the texts.
        enrolled_n: Patients the registry says were enrolled, which is not patients treated.
        list_complete: Whether the whole eligibility list was read.
    """

    id: str
    kind: Literal["trial"]
    registry: str | None
    sponsor: str | None = None
    country: Prose | None = None
    option: str
    title: str
    short: Prose | None = None
    status: Prose
    recruitment: Recruitment = "unknown"
    status_on: str | None = None
    read_on: str | None = None
    disease: Literal["nmosd", "multiple-sclerosis", "other"]
    planned_n: Whole | None = None
    minimum_age_years: Number | None = None
    maximum_age_years: Number | None = None
    enrolled_n: Whole | None = None
    criteria: tuple[TrialCriterion, ...] = ()
    list_complete: Literal["true", "false"] = "false"
    flag: FigureFlag
    confirmed_by_second: Confirmation = "none"
    source_url: str | None = None
    note: Prose | None = None


Source = Study | Guideline | Drug | Trial
