"""The next best question: what each answer to a missing fact would settle.

A field with a closed list of answers is answered once with each; a list of rows is answered at the
level of the facts it leaves open. Only gates that are open now are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nmosd_cds.advice.completions import Completions, Lead
from nmosd_cds.advice.model import Question, Settles
from nmosd_cds.advice.open_rules import Gate, Gates, Open, open_doubts, open_gates
from nmosd_cds.advice.screen import Screened
from nmosd_cds.advice.tiers import CLASS_FACTS, possible_of
from nmosd_cds.calculators import DERIVED_FACTS
from nmosd_cds.calculators.derived import DerivedFact, Known
from nmosd_cds.calculators.shown import id_words
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, listed, lowered, named, parted
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.condition import Within, comparisons_of
from nmosd_cds.logic.evaluate import truth_in
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval, Possible
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import Answer, Choice, Rows
from nmosd_cds.patient.dates import day_of
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.known import ACCESS, fact_of
from nmosd_cds.patient.model import DrugAccess, Patient, Setting

_ANSWERED_ONE_BY_ONE = ("yes_no", "choice")
_NUMBERS = ("whole", "score", "quantity", "titre")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Asking:
    """What the questions are asked about.

    Attributes:
        screened: Every option with its findings.
        completions: What the open facts could still change.
        unplaced: Fields that could take the leading tier from the options that lead now.
    """

    knowledge: Knowledge
    known: Known
    facts: Facts
    screened: Mapping[str, Screened]
    completions: Completions
    unplaced: tuple[str, ...] = ()

    @property
    def candidates(self) -> tuple[str, ...]:
        """Options that could be first."""
        return self.completions.candidates


def questions_of(asking: Asking) -> tuple[Question, ...]:
    """Every missing field that an open gate or caution asks for, the most useful first."""
    rules = Open(
        open_gates(asking.knowledge, asking.screened),
        open_doubts(asking.knowledge, asking.screened),
    )
    fields = dict.fromkeys(
        field for found in rules.every.values() for rule in found for field in rule.missing
    )
    asked = [_question(asking, rules, field) for field in fields]
    asked += [
        _plain_question(asking, field)
        for field in dict.fromkeys([*asking.unplaced, *_cautious_fields(asking)])
        if field not in fields
    ]
    asked += [
        question
        for question in (*_reopening(asking), *_unchecked(asking))
        if question.field not in {each.field for each in asked}
    ]
    place = {name: number for number, name in enumerate(all_specs())}

    def worth(question: Question) -> tuple[bool, float, int, int, int]:
        alone = sum(_is_alone(asking, option, question.field) for option in asking.candidates)
        number = place.get(question.field, len(place))
        settled = len(question.settles)
        is_later = question.field not in asking.unplaced
        return (is_later, -round(question.share, 9), -alone, -settled, number)

    return tuple(sorted(asked, key=worth))


def _cautious_fields(asking: Asking) -> Iterator[str]:
    for screened in asking.screened.values():
        if screened.status in ("possible", "unconfirmed"):
            for finding in screened.findings:
                if finding.effect in ("cautions", "favours") and finding.truth is Truth.UNKNOWN:
                    yield from finding.missing


def _reopening(asking: Asking) -> Iterator[Question]:
    """Drugs that could not be had: a supply would bring the option back."""
    for option_id, screened in asking.screened.items():
        if screened.status == "excluded" and screened.why == "not-accessible":
            therapy = asking.knowledge.options[option_id].therapy
            for drug in therapy.drugs:
                field = f"{ACCESS}{drug}"
                then = _("{option} no longer excluded for access").format(option=therapy.short)
                answer = Settles(_("available or by named patient"), then)
                yield Question(
                    field,
                    label_of(field),
                    state_of(asking.known, field),
                    (option_id,),
                    0.0,
                    (answer,),
                )


def _unchecked(asking: Asking) -> Iterator[Question]:
    """Things about the person to check before a relapse counts as failure of a drug."""
    for item in asking.knowledge.standard_care.pseudo_failure:
        failed = [
            each
            for each in CLASS_FACTS
            if possible_of(asking.facts, CLASS_FACTS[each]) == {"failed"}
            and (not item.classes or each in item.classes)
        ]
        for field in item.fields if failed else ():
            if field in field_specs(Patient) and getattr(asking.known.patient, field) is None:
                yield _plain_question(asking, field)


def _is_alone(asking: Asking, option: str, field: str) -> bool:
    return asking.screened[option].needs == (field,)


def _question(asking: Asking, rules: Open, field: str) -> Question:
    ways = list(_ways(asking, rules, field))
    shares = [_share(asking, way) for way in ways]
    best = max(range(len(ways)), key=shares.__getitem__) if ways else None
    outcomes = ways[best] if best is not None else []
    settled = dict.fromkeys(option for way in ways for each in way for option in each.settled)
    concerned = [o for o, gates in rules.gates.items() if any(field in g.missing for g in gates)]
    return Question(
        field=field,
        label=label_of(field),
        state=state_of(asking.known, field),
        settles=tuple(settled) or tuple(concerned),
        share=shares[best] if best is not None else 0.0,
        answers=tuple(
            Settles(each.answer, _then(asking, each.settled)) for each in outcomes if each.settled
        ),
        decides=any(each.leads != asking.completions.leads for way in ways for each in way),
    )


@dataclass(frozen=True)
class _Outcome:
    """What one answer leaves.

    Attributes:
        settled: Options whose status it settles, with that status.
        leads: Who may lead then.
        candidates: Options that could be first then.
    """

    answer: str
    settled: Mapping[str, str]
    leads: frozenset[Lead]
    candidates: tuple[str, ...]


_Way = list[_Outcome]
Changed = dict[str, Fact]


def _share(asking: Asking, way: _Way) -> float:
    """Mean fraction of the other candidates for first place that the answers remove.

    Of `n` candidates one is left at best, so `n - 1` can be removed.
    """
    others = len(asking.candidates) - 1
    if others < 1 or not way:
        return 0.0
    removed = [len(set(asking.candidates) - set(each.candidates)) for each in way]
    return sum(min(number, others) for number in removed) / (others * len(removed))


def _ways(asking: Asking, rules: Open, field: str) -> Iterator[_Way]:
    """Each way to put the question: by the field's own answers, and by the facts it leaves open.

    A field is answered alone only where it is the first thing missing: with neither HBsAg nor
    anti-HBc known, the DNA is not the question.
    """
    spec = all_specs().get(field)
    gates = rules.every
    if spec is not None and _is_first_missing(asking, gates, field):
        if spec.kind in _ANSWERED_ONE_BY_ONE:
            yield _after_each(asking, rules, _closed_answers(asking, spec, field))
        elif field in asking.facts and spec.kind in _NUMBERS:
            yield _after_each(asking, rules, _number_answers(asking, gates, field))
    for family in _families(asking, gates, field):
        yield _after_each(asking, rules, _family_answers(asking, gates, *family))


def _after_each(asking: Asking, rules: Open, answers: Iterator[tuple[str, Changed]]) -> _Way:
    way = []
    for answer, changed in answers:
        leads, candidates = asking.completions.after(changed)
        if leads:  # else the answer contradicts what is known
            settled = _after(rules, asking.facts, changed)
            way.append(_Outcome(answer, settled, leads, candidates))
    return way


def _is_first_missing(asking: Asking, gates: Gates, field: str) -> bool:
    return any(
        asking.facts[name].missing[:1] == (field,)
        for rules in gates.values()
        for gate in rules
        for name in gate.open_facts
    )


def _plain_question(asking: Asking, field: str) -> Question:
    return Question(field, label_of(field), state_of(asking.known, field), (), 0.0)


def _then(asking: Asking, after: Mapping[str, str]) -> str:
    parts = []
    words = (("excluded", _("{options} excluded")), ("possible", _("{options} possible")))
    for status, sentence in words:
        names = [
            asking.knowledge.options[option].therapy.short
            for option, found in after.items()
            if found == status
        ]
        if names:
            more = len(names) - _MOST_NAMED
            named = names if more <= 0 else [*names[:_MOST_NAMED], _("{n} more").format(n=more)]
            parts.append(sentence.format(options=listed(named)))
    return parted(parts)


def _after(rules: Open, before: Facts, changed: Changed) -> dict[str, str]:
    """Options the changed facts settle: `excluded`, or `possible` when no gate is left open."""
    concerned = {option for name in changed for option in rules.barred_by.get(name, ())}
    if not concerned:
        return {}
    facts, settled = {**before, **changed}, {}
    for option, left in rules.gates.items():
        if option not in concerned:
            continue
        touched = [gate for gate in left if not changed.keys().isdisjoint(gate.open_facts)]
        blocks = [_blocks(gate, facts) for gate in touched]
        if Truth.TRUE in blocks:
            settled[option] = "excluded"
        elif Truth.UNKNOWN not in blocks and len(touched) == len(left):
            settled[option] = "possible"
    return settled


def _blocks(gate: Gate, facts: Facts) -> Truth:
    truth = truth_in(gate.compiled.condition, facts)
    return ~truth if gate.compiled.rule.effect == "requires" else truth


def _closed_answers(asking: Asking, spec: FieldSpec, field: str) -> Iterator[tuple[str, Changed]]:
    values: list[tuple[str, object]] = (
        [(_("yes"), True), (_("no"), False)]
        if spec.kind == "yes_no"
        else [(lowered(_(option.label)), option.id) for option in spec.choices]
    )
    for words, value in values:
        answer = spec.answer_type(value=value, date=day_of(asking.known.on))
        changed = _changed_by(asking, spec, field, answer)
        if changed is not None:
            yield words, changed


def _changed_by(asking: Asking, spec: FieldSpec, field: str, answer: object) -> Changed | None:
    """Facts after one answer; None if the answer contradicts what is known."""
    known = _with_answer(asking.known, field, answer)
    base = fact_of(spec, answer)  # type: ignore[arg-type]  # an answer of the field's own type
    changed: Changed = {field: base} if base is not None else {}
    for derived in _derived_from(field):
        options = tuple(asking.knowledge.options) if derived.per_option else (None,)
        for option in options:
            name = derived.name if option is None else f"{derived.name}@{option}"
            changed[name] = derived.fact(known if option is None else known.for_option(option))
    if any(
        not _is_narrower(fact.possible, asking.facts[name].possible)
        for name, fact in changed.items()
    ):
        return None
    return changed


@cache
def _derived_from(field: str) -> tuple[DerivedFact, ...]:
    """The derived facts that read a field."""
    return tuple(derived for derived in DERIVED_FACTS if field in derived.needs)


def _is_narrower(new: Possible, old: Possible) -> bool:
    if isinstance(new, Choices) and isinstance(old, Choices):
        return new.narrows(old)
    return isinstance(new, Interval) and isinstance(old, Interval) and new.narrows(old)


def _with_answer(known: Known, field: str, answer: object) -> Known:
    patient, setting = known.patient, known.setting
    if field in field_specs(Patient):
        answered = patient.model_copy(update={field: answer})
        return Known(answered, setting, known.definitions, known.on)
    if field in field_specs(Setting):
        return known.with_setting(setting.model_copy(update={field: answer}))
    access = setting.access.model_copy(update={field.removeprefix(ACCESS): answer})
    return known.with_setting(setting.model_copy(update={"access": access}))


def _number_answers(asking: Asking, gates: Gates, field: str) -> Iterator[tuple[str, Changed]]:
    fact = asking.facts[field]
    spec = all_specs()[field]
    for cell in _cells(fact.possible, _thresholds(gates, field)):
        yield _cell_words(cell, spec.unit), {field: fact.with_possible(cell)}


def _thresholds(gates: Gates, fact: str) -> list[Decimal]:
    found = set()
    for rules in gates.values():
        for gate in rules:
            if fact not in gate.compiled.reads:
                continue
            for part in comparisons_of(gate.compiled.condition):
                if isinstance(part, Within) and part.fact == fact:
                    ends = (part.interval.low, part.interval.high)
                    found |= {end for end in ends if end is not None}
    return sorted(found)


def _cells(possible: Possible, thresholds: Iterable[Decimal]) -> Iterator[Interval]:
    assert isinstance(possible, Interval)  # a number
    ends: list[Decimal | None] = [None, *thresholds, None]
    for low, high in zip(ends, ends[1:], strict=False):
        cell = Interval(low, high, high_open=high is not None)
        if cell.meets(possible):
            yield cell


def _cell_words(cell: Interval, unit: str | None) -> str:
    tail = f" {unit}" if unit else ""
    if cell.low is None and cell.high is None:
        return _("any value")
    if cell.low is None:
        return _("below {high}").format(high=f"{cell.high}{tail}")
    if cell.high is None:
        return _("{low} or more").format(low=f"{cell.low}{tail}")
    return _("{low} to below {high}").format(low=cell.low, high=f"{cell.high}{tail}")


def _families(asking: Asking, gates: Gates, field: str) -> Iterator[tuple[str, list[str]]]:
    """Open facts that ask for the field among others; those of one name move together."""
    families: dict[str, list[str]] = {}
    for rules in gates.values():
        for gate in rules:
            for name in gate.open_facts:
                if name != field and field in asking.facts[name].missing:
                    family = families.setdefault(name.partition("@")[0], [])
                    if name not in family:
                        family.append(name)
    yield from families.items()


def _family_answers(
    asking: Asking, gates: Gates, plain: str, names: list[str]
) -> Iterator[tuple[str, Changed]]:
    spec = asking.knowledge.fact_specs[plain]
    if not spec.choices:
        for name in names:
            fact = asking.facts[name]
            for cell in _cells(fact.possible, _thresholds(gates, name)):
                words = led(_(spec.label), _cell_words(cell, spec.unit))
                yield words, {name: fact.with_possible(cell)}
    for choice in spec.choices:
        changed = {}
        for name in names:
            fact = asking.facts[name]
            assert isinstance(fact.possible, Choices)  # numbers have no choices
            if choice in fact.possible.possible:
                narrowed = Choices(frozenset({choice}), fact.possible.domain)
                changed[name] = fact.with_possible(narrowed)
        if changed:
            yield _choice_words(spec.label, choice), changed


def _choice_words(label: str, choice: str) -> str:
    words = {"true": _("yes"), "false": _("no")}.get(choice) or id_words(choice)
    return _("{label}: {answer}").format(label=_(label), answer=words)


@cache
def all_specs() -> Mapping[str, FieldSpec]:
    """Every field a question may lead to, by name; drug access as `access_<drug>`."""
    access = {f"{ACCESS}{name}": spec for name, spec in field_specs(DrugAccess).items()}
    return {**field_specs(Patient), **field_specs(Setting), **access}


def label_of(field: str) -> str:
    """What people see of a field."""
    spec = all_specs().get(field)
    if spec is None:
        return field
    if field.startswith(ACCESS):
        return _("Access to {drug}").format(drug=_(spec.label))
    return _(spec.label)


def state_of(known: Known, field: str) -> str:
    """`not known`, `not done`, `unavailable`, `list not complete` or `open`."""
    if field.startswith(ACCESS):
        answer = getattr(known.setting.access, field.removeprefix(ACCESS))
    else:
        holder = known.patient if field in field_specs(Patient) else known.setting
        answer = getattr(holder, field, None)
    if isinstance(answer, Rows):
        return _("list not complete") if answer.complete_since is None else _("rows leave it open")
    if isinstance(answer, Answer):
        words = {"not-done": _("not done"), "unavailable": _("unavailable")}
        if answer.state == "known" and isinstance(answer, Choice):
            spec = all_specs()[field]
            plain = str(answer.value).replace("-", " ")
            return named(spec.label_of(str(answer.value)), plain)
        return words.get(answer.state, _("leaves it open"))
    return _("not known")
