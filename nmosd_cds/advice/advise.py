"""advise(case, knowledge, on=date) -> Advice: the one entrance for window, command line and tests.

The ladder: scope, indication, approved treatment, gates, evidence, ranking, what is missing. Each
step may stop or condition the next; no later step undoes an earlier one. Reads no clock, no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from nmosd_cds import __version__
from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.care import standard_care_of
from nmosd_cds.advice.change import changes_of
from nmosd_cds.advice.explain import arguments_of, deaths_of
from nmosd_cds.advice.facts import facts_from, known_of
from nmosd_cds.advice.firmness import Scored, firmness_of
from nmosd_cds.advice.fit import fit_of
from nmosd_cds.advice.indication import indication_of
from nmosd_cds.advice.inputs import inputs_of
from nmosd_cds.advice.model import (
    Advice,
    EvidenceFit,
    Finding,
    Indication,
    KnowledgeStamp,
    OptionAdvice,
    Question,
    Robustness,
    StandardCare,
)
from nmosd_cds.advice.plan import PlanReader
from nmosd_cds.advice.questions import Asking, label_of, questions_of, state_of
from nmosd_cds.advice.rank import Ranked, rank
from nmosd_cds.advice.scope import ScopeResult, scope_of
from nmosd_cds.advice.screen import Screen, Screened
from nmosd_cds.advice.trials import trial_notices, trials_of
from nmosd_cds.advice.value_read import ValuesRead
from nmosd_cds.advice.washout import washout_of
from nmosd_cds.advice.wording import Said, reading, stopped
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.shown import drug_words
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import listed, parted
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.logic.fact import Facts
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN
from nmosd_cds.patient.case import Case, case_sha256
from nmosd_cds.patient.checks import notices_of


@dataclass(frozen=True)
class _Ladder:
    """Everything the steps found, before it is put into words."""

    case: Case
    knowledge: Knowledge
    known: Known
    facts: Facts
    scope: ScopeResult
    screened: Mapping[str, Screened]
    ranked: Ranked


def advise(case: Case, knowledge: Knowledge, *, on: date) -> Advice:
    """Answer one case.

    Args:
        case: Checked before (`patient.checks.problems_of`).
        knowledge: Loaded and found sound.
        on: Day of assessment.
    """
    known = known_of(case.patient, knowledge, on=on, setting=case.setting)
    facts = facts_from(known, knowledge)
    scope = scope_of(knowledge, known, facts)
    screen = Screen(facts, ValuesRead(facts, knowledge))
    screened = {
        option.id: _scoped(screen.of(option), option, scope)
        for option in knowledge.options.values()
    }
    preference = case.preferences.active_set if case.preferences else None
    ranked = rank(knowledge, facts, screened, scope, preference)
    return _in_words(_Ladder(case, knowledge, known, facts, scope, screened, ranked))


def _scoped(screened: Screened, option: Option, scope: ScopeResult) -> Screened:
    """What a stop of the scope makes of an option's status."""
    stop = scope.stop
    if stop is None:
        return screened
    if option.kind == "cellular":
        if stop.cellular == "no-evidence" and not scope.is_unknown:
            return Screened("no-evidence", screened.findings, None)
        return screened
    made = "keep" if scope.is_unknown and stop.references == "no-evidence" else stop.references
    if made == "no-evidence":
        return Screened("no-evidence", screened.findings, None)
    waits = made == "unconfirmed" or scope.is_unknown
    if waits and screened.status == "possible" and not option.therapy.is_present_treatment:
        finding = _scope_finding(scope)
        return Screened("unconfirmed", (*screened.findings, finding), None)
    return screened


def _scope_finding(scope: ScopeResult) -> Finding:
    stop = scope.stop
    assert stop is not None  # only asked for a stop
    return Finding(
        rule=stop.id,
        effect="requires",
        truth=UNKNOWN,
        blocks=UNKNOWN,
        text=stop.references_because or stop.message,
        facts={},
        missing=scope.asks,
        cites=stop.cites,
        basis=stop.basis,
        flag=stop.flag,
    )


def _in_words(ladder: _Ladder) -> Advice:
    indication = indication_of(ladder.known, ladder.facts)
    care = standard_care_of(
        ladder.known,
        ladder.facts,
        ladder.knowledge,
        hidden=ladder.scope.hides_standard_care,
        unsettled=ladder.scope.unsettles_standard_care,
    )
    questions = _questions(ladder)
    plans = PlanReader(ladder.knowledge, ladder.known, ladder.facts)
    options = tuple(
        _option(ladder, option, indication, plans) for option in ladder.knowledge.options.values()
    )
    said = _said(ladder, indication, care, questions, options)
    stamp = ladder.knowledge.stamp
    trials = trials_of(ladder.knowledge, ladder.known, ladder.facts)
    return Advice(
        outcome=ladder.ranked.outcome,
        headline=said.headline,
        sentence=said.sentence,
        alerts=_alerts(ladder, options),
        as_of=ladder.known.on,
        app_version=__version__,
        case_id=ladder.case.id or "",
        case_sha256=case_sha256(ladder.case),
        fictional=bool(ladder.case.fictional),
        knowledge=KnowledgeStamp(
            version=stamp.version,
            sha256=ladder.knowledge.sha256,
            evidence_cutoff=stamp.evidence_cutoff,
            signature=ladder.knowledge.signature,
            validity_days=int(stamp.validity_days),
        ),
        scope=ladder.scope.scope,
        indication=indication,
        standard_care=care,
        options=options,
        questions=questions,
        robustness=_robustness(ladder, indication, options, questions),
        inputs=inputs_of(ladder.known.patient, ladder.known.setting, ladder.knowledge),
        notices=(
            *(problem.sentence for problem in notices_of(ladder.case)),
            *_preference_notices(ladder.case, ladder.knowledge),
            *trial_notices(trials),
        ),
        cites=_cites(options, care, ladder.scope),
        trials=trials,
    )


def _questions(ladder: _Ladder) -> tuple[Question, ...]:
    if ladder.scope.stop is not None:
        # Only what ends the stop is asked; everything else would distract from it.
        return tuple(
            Question(field, label_of(field), state_of(ladder.known, field), (), 0.0)
            for field in ladder.scope.asks
        )
    if ladder.ranked.outcome == "decided" and ladder.ranked.leading_tier == "0":
        # No switch is offered, so nothing that would prepare one is asked.
        return ()
    assert ladder.ranked.completions is not None  # only a stop leaves them out
    asking = Asking(
        ladder.knowledge,
        ladder.known,
        ladder.facts,
        ladder.screened,
        ladder.ranked.completions,
        ladder.ranked.unplaced,
    )
    return questions_of(asking)


def _said(
    ladder: _Ladder,
    indication: Indication,
    care: StandardCare,
    questions: tuple[Question, ...],
    options: tuple[OptionAdvice, ...],
) -> Said:
    stop = ladder.scope.stop
    if stop is not None:
        first = [each.label for each in questions] if ladder.scope.is_unknown else []
        return stopped(ladder.scope.headline, first)
    shorts = {option.id: _in_sentence(option, indication) for option in options}
    certainty = {option.id: option.certainty for option in options}
    deciding = [question.label for question in questions if question.decides]
    return ladder.ranked.said(shorts, certainty, indication.present_sentence, deciding)


def _in_sentence(option: OptionAdvice, indication: Indication) -> str:
    if not option.is_present:
        return option.short
    if indication.present_drugs:
        return _("continuing {drugs}").format(drugs=_drugs(indication))
    return _("continuing without cells")


def _drugs(indication: Indication) -> str:
    return " + ".join(drug_words(name) for name in indication.present_drugs)


def _option(
    ladder: _Ladder, option: Option, indication: Indication, plans: PlanReader
) -> OptionAdvice:
    knowledge, therapy = ladder.knowledge, option.therapy
    screened, ranked = ladder.screened[option.id], ladder.ranked
    deaths = deaths_of(knowledge, option)
    name, short = _names(option, indication)
    mogad = screened.status == "no-evidence" and option.kind == "reference"
    has_plan = screened.status != "no-evidence"
    scored = therapy.rank_in_tier_2 or therapy.is_present_treatment
    return OptionAdvice(
        id=option.id,
        kind=option.kind,
        name=name,
        short=short,
        is_present=therapy.is_present_treatment,
        status=screened.status,
        tier=ranked.tiers.get(option.id),
        certainty="none" if mogad else therapy.certainty.level,
        certainty_because=therapy.certainty.because,
        fit=EvidenceFit(None, None) if mogad else fit_of(knowledge, option, ladder.facts),
        findings=screened.findings,
        why=screened.why,
        bar=screened.bar,
        rank=ranked.ranks.get(option.id),
        tie_group=ranked.ties.get(option.id),
        unranked_reason=ranked.unranked.get(option.id),
        first_rank_share=ranked.shares.get(option.id),
        rank_acceptability=ranked.acceptability.get(option.id),
        effects=arithmetic_of(knowledge).effect_lines(option.id) if scored else (),
        arguments=arguments_of(knowledge, option),
        deaths_all_causes=deaths.all_causes,
        deaths_related=deaths.related,
        deaths_all_total=deaths.all_total,
        deaths_related_total=deaths.related_total,
        deaths_note=therapy.deaths.note or "",
        no_evidence=_no_evidence(option, screened, ladder.scope),
        notes=therapy.notes,
        needs=screened.needs,
        declined=option.id in ranked.declined,
        plan=plans.plan_of(option) if has_plan else (),
        washout=washout_of(option, ladder.known) if has_plan else None,
        changes=changes_of(knowledge, option, screened, ladder.facts),
    )


def _names(option: Option, indication: Indication) -> tuple[str, str]:
    if option.therapy.is_present_treatment and indication.present_drugs:
        drugs = _drugs(indication)
        named = _("Continue {drugs}").format(drugs=drugs)
        return named, named
    return option.therapy.name, option.therapy.short


def _no_evidence(option: Option, screened: Screened, scope: ScopeResult) -> str:
    if screened.status != "no-evidence":
        return ""
    if option.therapy.no_evidence:
        return option.therapy.no_evidence
    if scope.stop is not None:
        return scope.stop.references_because or scope.stop.message
    return _("No outcome of its own was reported for people of this serostatus.")


def _alerts(ladder: _Ladder, options: tuple[OptionAdvice, ...]) -> tuple[str, ...]:
    alerts = list(ladder.scope.alerts)
    for option in options:
        alerts += [f.text for f in option.findings if f.alert and f.truth is TRUE]
        if option.status in ("possible", "unconfirmed"):
            alerts += [line.conflict for line in option.plan if line.conflict]
    return tuple(dict.fromkeys(alerts))


def _robustness(
    ladder: _Ladder,
    indication: Indication,
    options: tuple[OptionAdvice, ...],
    questions: tuple[Question, ...],
) -> Robustness:
    shorts = {option.id: option.short for option in options}
    found = ladder.ranked.robustness
    if ladder.ranked.scored is not None:
        found = firmness_of(
            Scored(
                arithmetic_of(ladder.knowledge),
                ladder.ranked.scored,
                ladder.ranked.doubtful,
                ladder.case.preferences,
                shorts,
                {option.id: _in_sentence(option, indication) for option in options},
            ),
            found,
        )
    deciding = tuple(question.field for question in questions if question.decides)
    return replace(
        found,
        completions=replace(found.completions, depends_on=deciding),
        scenarios=tuple(
            replace(line, reading=reading([shorts[each] for each in line.leaders]))
            if line.shares
            else line
            for line in found.scenarios
        ),
    )


def _preference_notices(case: Case, knowledge: Knowledge) -> Iterator[str]:
    """What a reader must know of the active preferences."""
    preference = case.preferences.active_set if case.preferences else None
    if preference is None:
        return
    known = {each.id for each in arithmetic_of(knowledge).criteria}
    unknown = [name for name in preference.criteria if name not in known]
    if unknown:
        yield _("Preferences of {owner}: not a criterion and left out: {names}.").format(
            owner=preference.owner, names=listed(unknown)
        )
    labels = {each.id: each.label for each in arithmetic_of(knowledge).criteria}
    if preference.kind == "exact" and (rest := sorted(known - set(preference.criteria))):
        yield _("Preferences of {owner}: without any weight: {names}.").format(
            owner=preference.owner, names=parted(labels[each] for each in rest)
        )
    if not preference.harms_seen:
        yield _("Preferences of {owner}: stated without the harms having been seen.").format(
            owner=preference.owner
        )


def _cites(
    options: tuple[OptionAdvice, ...], care: StandardCare, scope: ScopeResult
) -> tuple[str, ...]:
    found: list[str] = list(scope.stop.cites) if scope.stop is not None else []
    for definition in care.definitions:
        found += definition.cites
    for option in options:
        for finding in option.findings:
            if finding.truth is not FALSE or finding.effect == "requires":
                found += finding.cites
        for argument in option.arguments:
            found += argument.cites
            found += [line.study for line in argument.figures]
        for effect in option.effects:
            found += effect.studies
        found += [line.study for line in (*option.deaths_all_causes, *option.deaths_related)]
        for plan in option.plan:
            found += plan.cites
            for one in plan.ranges:
                found += one.cites
        for line in option.washout.lines if option.washout else ():
            found += line.cites
            for interval in line.dates:
                found += interval.cites
    return tuple([cite for cite in dict.fromkeys(found) if cite])
