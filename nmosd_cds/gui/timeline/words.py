"""The timeline in words: every row as a line, the title, what is not on the picture. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from nmosd_cds.calculators.attack_counts import attacks_12_months, days_since_last_attack
from nmosd_cds.calculators.attack_history import AttackHistory, attack_history
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.disease_course import attacks_ever, disease_months
from nmosd_cds.calculators.span import months_before
from nmosd_cds.calculators.treatment_history import present_treatment, treatment_history
from nmosd_cds.gui.draft import all_specs, row_specs
from nmosd_cds.gui.timeline.events import (
    ATTACKS,
    CELLS,
    DRUGS,
    SCORES,
    SIGHT,
    AfterStop,
    AttackMark,
    CellsMark,
    DrugMark,
    Freshness,
    History,
    Mark,
    value_of,
)
from nmosd_cds.i18n import N_, _, format_date, format_partial, ngettext
from nmosd_cds.i18n.joining import listed, parted
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.report.wording import and_list, capital, sentence, sentences

_MONTHS_IN_YEAR = 12
# What a row says even where it is not known, for a blank is not nothing.
_ALWAYS: Mapping[str, tuple[str, ...]] = {
    ATTACKS: ("sites", "severity", "recovery"),
    SCORES: ("value", "visual_functional_system"),
    SIGHT: ("right", "left"),
    DRUGS: (),
}
_DATES = ("onset", "date", "start", "stop", "ongoing", "drug")
_CLASSES: Mapping[str, str] = {
    "classical": N_("Classical"),
    "b-cell": N_("B cell"),
    "il6r": N_("IL-6R"),
    "c5": N_("C5"),
    "none": N_("In no class"),
    "": N_("Class not known"),
}
_NOT_KNOWN: Mapping[str, str] = {
    ATTACKS: N_("Attacks: not known. Press A, or double-click where one began."),
    SCORES: N_("EDSS: not known. Press E, or double-click at its date."),
    SIGHT: N_("Visual acuity: not known. Press V, or double-click at its date."),
    DRUGS: N_("Drugs: not known. Press D, or double-click where one began."),
}
_NONE: Mapping[str, str] = {
    ATTACKS: N_("No attack: the list is complete and empty."),
    SCORES: N_("No EDSS: the list is complete and empty."),
    SIGHT: N_("No visual acuity: the list is complete and empty."),
    DRUGS: N_("No drug: the list is complete and empty."),
}
_FRESHNESS: Mapping[str, str] = {
    "current": N_("still holds"),
    "stale": N_("stale"),
    "provisional": N_("provisional: near an attack"),
    "unsure": N_("perhaps stale: the list of attacks may lack one"),
    "": "",
}


def name_of(mark: Mark) -> str:
    """What a row is: `Attack 3`, `EDSS`, `rituximab`."""
    if mark.field == ATTACKS:
        return _("Attack {n}").format(n=mark.row + 1)
    if mark.field == SCORES:
        return _("EDSS")
    if mark.field == SIGHT:
        return _("Visual acuity")
    if mark.field == CELLS:
        return _("Earlier cell therapy")
    drug = value_of(mark.answers, "drug")
    return drug_name(drug) if drug else _("Drug not named")


def drug_name(drug: str) -> str:
    """A drug as people read it."""
    if not drug:
        return _("a drug that is not named")
    return _(row_specs(all_specs()[DRUGS])["drug"].label_of(drug))


def site_name(site: str) -> str:
    """The site of an attack as people read it."""
    return _(row_specs(all_specs()[ATTACKS])["sites"].label_of(site))


def class_name(group: tuple[str, str]) -> str:
    """A lane: `B cell, CD20`."""
    kind, target = group
    if target:
        return _("{drugs}, {target}").format(drugs=_(_CLASSES[kind]), target=target)
    return _(_CLASSES[kind])


def date_words(when: PartialDate | None) -> str:
    """A date as precise as it is known."""
    return _("date not known") if when is None else format_partial(str(when))


def when_words(mark: Mark) -> str:
    """The date of a row, or the time of a drug."""
    if not isinstance(mark, DrugMark):
        return date_words(mark.when)
    start, stop = mark.when, mark.stop
    first = format_partial(str(start)) if start is not None else ""
    last = format_partial(str(stop)) if stop is not None else ""
    if mark.ongoing is Truth.TRUE and stop is None:
        return _("since {date}").format(date=first) if first else _("taken now, start not known")
    if first and last:
        return _("{start} to {stop}").format(start=first, stop=last)
    if last:
        return _("until {stop}, start not known").format(stop=last)
    if first and mark.ongoing is Truth.FALSE:
        return _("from {start}, stopped, end not known").format(start=first)
    if first:
        return _("from {start}, not known whether it is still taken").format(start=first)
    return _("dates not known")


def details_of(mark: Mark) -> list[str]:
    """Everything else that is known of a row, and what of it always matters."""
    if isinstance(mark, CellsMark):
        spec = all_specs()[CELLS]
        return [and_list(_(spec.label_of(one)) for one in mark.kinds)]
    said = []
    for name, spec in row_specs(all_specs()[mark.field]).items():
        if name in mark.answers and name not in _DATES or name in _ALWAYS[mark.field]:
            value = shown_answer(spec, mark.answers.get(name))
            said.append(_("{label}: {value}").format(label=_(spec.label), value=value))
    if isinstance(mark, AttackMark):
        said.append(on_drugs_words(mark))
    if isinstance(mark, DrugMark):
        said += _drug_details(mark)
    return said


def _drug_details(mark: DrugMark) -> Iterator[str]:
    yield class_name(mark.group)
    sure = [format_partial(str(day)) for day, certain in mark.attacks if certain]
    perhaps = [format_partial(str(day)) for day, certain in mark.attacks if not certain]
    if sure:
        yield _("Attacks on it: {dates}").format(dates=and_list(sure))
    if perhaps:
        yield _("Attacks that may have come on it: {dates}").format(dates=and_list(perhaps))
    yield capital(failed_words(mark))
    if mark.after is not None:
        yield after_words(mark.after)


def failed_words(mark: DrugMark) -> str:
    """Whether a drug failed; empty where nothing speaks for it."""
    if mark.failed is Truth.TRUE:
        return _("failed") if mark.is_proven else _("failed, exposure not proven")
    if mark.failed is Truth.UNKNOWN and (mark.attacks or _stopped_for_attack(mark)):
        return _("not known whether it failed")
    return ""


def _stopped_for_attack(mark: DrugMark) -> bool:
    return bool(value_of(mark.answers, "reason") == "attack")


def end_words(mark: DrugMark) -> str:
    """What stands beside the end of a bar: failed, why it was stopped, taken now."""
    parts = [failed_words(mark)]
    reason = mark.answers.get("reason")
    if reason is not None and reason.state == "known" and not _stopped_for_attack(mark):
        parts.append(shown_answer(row_specs(all_specs()[DRUGS])["reason"], reason))
    if mark.ongoing is Truth.TRUE:
        parts.append(_("taken now"))
    elif mark.ongoing is Truth.UNKNOWN:
        parts.append(_("not known whether it is still taken"))
    elif mark.stop is None:
        parts.append(_("end not known"))
    return parted(part for part in parts if part)


def after_words(after: AfterStop) -> str:
    """The time after the last dose, counted, with the source that asks for it."""
    keys = listed(after.cites)
    said = _("Before cells are collected: {text} [{keys}]").format(text=_(after.text), keys=keys)
    if after.days is None or after.over is None:
        return said
    over = format_date(after.over.last)
    if after.over.first != after.over.last:
        over = _("{last} at the latest, {first} at the earliest").format(
            last=format_date(after.over.last), first=format_date(after.over.first)
        )
    counted = ngettext(
        "{n} day after the last dose: {day}", "{n} days after the last dose: {day}", after.days
    )
    return sentences([said, counted.format(n=after.days, day=over)])


def on_drugs_words(mark: AttackMark) -> str:
    """What an attack came on."""
    if mark.drugs is None:
        return _("On which drug it came cannot be said without its date")
    sure = [drug_name(one.drug) for one in mark.drugs if one.is_certain]
    perhaps = [drug_name(one.drug) for one in mark.drugs if not one.is_certain]
    if sure and perhaps:
        return _("On {drugs}; perhaps on {others}").format(
            drugs=and_list(sure), others=and_list(perhaps)
        )
    if sure:
        return _("On {drugs}").format(drugs=and_list(sure))
    if perhaps:
        return _("Perhaps on {drugs}").format(drugs=and_list(perhaps))
    return _("On no listed drug")


def text_of(mark: Mark) -> str:
    """A row in words, for a reader and beside the picture."""
    head = _("{what}, {when}").format(what=name_of(mark), when=when_words(mark))
    return sentences([head, *details_of(mark), *mark.wrong])


def freshness_words(freshness: Freshness) -> str:
    """Whether the newest measurement still holds; empty where nothing can be said."""
    return _(_FRESHNESS[freshness.state])


def empty_words(field: str, history: History) -> str:
    """What stands in a panel without a row: not known, or known to be none."""
    if field in history.complete:
        return _(_NONE[field])
    return _(_NOT_KNOWN[field])


def steroid_words(history: History) -> str:
    """Prednisolone of the form, which has a dose and no beginning; empty if there is none."""
    if history.steroid is None:
        return ""
    spec = all_specs()["prednisolone_dose"]
    value = shown_answer(spec, history.steroid)
    return _("{label}: {value}; since when is not known").format(label=_(spec.label), value=value)


def title_of(known: Known) -> str:
    """How many attacks in how long, how many of late on what, and when the last was."""
    if not attack_history(known).events:
        return _no_attacks(known)
    return sentences([_ever(known), _of_late(known), _last(known)])


def to_check_words(history: History) -> str:
    """How many rows are not counted since something in them is wrong; empty if none is."""
    n = sum(bool(mark.wrong) for mark in history.marks)
    if not n:
        return ""
    words = ngettext(
        "{n} row has to be checked and may not be counted",
        "{n} rows have to be checked and may not be counted",
        n,
    )
    return words.format(n=n)


def _no_attacks(known: Known) -> str:
    history = attack_history(known)
    if history.complete_from is None:
        return _("Attacks are not known.")
    since = _complete_since(known)
    return _("No attack since {date}; before that nothing is known.").format(date=since)


def _ever(known: Known) -> str:
    listed = len(attack_history(known).events)
    count = attacks_ever(known).possible
    months = disease_months(known).possible
    assert isinstance(count, Interval) and isinstance(months, Interval)
    years = _years(months)
    if count.is_settled and years:
        words = ngettext("{n} attack in {years}", "{n} attacks in {years}", listed)
        return words.format(n=listed, years=years)
    if attack_history(known).complete_from is not None:
        since = _complete_since(known)
        words = ngettext(
            "{n} attack listed, complete since {date}",
            "{n} attacks listed, complete since {date}",
            listed,
        )
        return words.format(n=listed, date=since)
    words = ngettext(
        "{n} attack listed; the list may lack some",
        "{n} attacks listed; the list may lack some",
        listed,
    )
    return words.format(n=listed)


def _complete_since(known: Known) -> str:
    """As precise as it was entered."""
    rows = known.patient.attacks
    assert rows is not None and rows.complete_since is not None  # the list says so
    return format_partial(str(rows.complete_since))


def _years(months: Interval) -> str:
    if months.low is None or months.high is None:
        return ""
    low, high = int(months.low) // _MONTHS_IN_YEAR, int(months.high) // _MONTHS_IN_YEAR
    if high == 0:
        return ngettext("{n} month", "{n} months", int(months.high)).format(n=int(months.high))
    if low == high:
        return ngettext("{n} year", "{n} years", low).format(n=low)
    return _("{low} to {high} years").format(low=low, high=high)


def _of_late(known: Known) -> str:
    count = attacks_12_months(known).possible
    assert isinstance(count, Interval) and count.low is not None
    if count.high is None and count.low == 0:
        return _("How many in the last 12 months is not known")
    if count.high is None:
        return _("{n} or more in the last 12 months").format(n=count.low)
    if not count.is_settled:
        return _("{low} to {high} in the last 12 months").format(low=count.low, high=count.high)
    if count.low == 0:
        return _("None in the last 12 months")
    drugs = _present(known)
    if not drugs:
        return _("{n} in the last 12 months").format(n=count.low)
    on_them = _on_present(known)
    if on_them == count.low:
        return _("{n} in the last 12 months on {drugs}").format(n=count.low, drugs=and_list(drugs))
    return _("{n} in the last 12 months, {some} of them certainly on {drugs}").format(
        n=count.low, some=on_them, drugs=and_list(drugs)
    )


def _present(known: Known) -> list[str]:
    return [drug_name(one.drug) for one in present_treatment(known) if one.is_certain]


def _on_present(known: Known) -> int:
    """Attacks of the last 12 months that certainly came on every drug taken now."""
    start = months_before(known.on, _MONTHS_IN_YEAR)
    courses = [one for one in treatment_history(known).courses if one.ongoing is Truth.TRUE]
    events = attack_history(known).events
    return sum(
        event.onset.surely_within(start, known.on)
        and all(event.onset.surely_within(one.start.last, one.end.first) for one in courses)
        for event in events
    )


def _last(known: Known) -> str:
    days = days_since_last_attack(known).possible
    assert isinstance(days, Interval) and days.low is not None
    if days.is_settled:
        n = int(days.low)
        return ngettext("The last {n} day ago", "The last {n} days ago", n).format(n=n)
    if days.high is None or all(one.date is None for one in attack_history(known).events):
        return _("When the last was is not known")
    if days.low == Decimal(0) and not _covers_last(attack_history(known)):
        return _("The last at most {n} days ago: the list may lack a later one").format(
            n=int(days.high)
        )
    return _("The last {low} to {high} days ago").format(low=int(days.low), high=int(days.high))


def _covers_last(history: AttackHistory) -> bool:
    return history.covers(max(event.onset.first for event in history.events))


def undated_words(history: History) -> Iterator[tuple[Mark, str]]:
    """What has no date, and so no place on the picture."""
    for mark in history.marks:
        if mark.when is None and not (isinstance(mark, DrugMark) and mark.stop is not None):
            yield mark, sentence(text_of(mark))


def table_heads() -> tuple[str, ...]:
    """Over the columns of the table that says the same."""
    return (_("What"), _("When"), _("Details"))


def table_rows(history: History) -> list[tuple[str, str, str]]:
    """One row for every row of the draft."""
    rows = [
        (name_of(mark), when_words(mark), sentences([*details_of(mark), *mark.wrong]))
        for mark in history.marks
    ]
    for state, name in ((history.scores_state, _("EDSS")), (history.sight_state, _("Vision"))):
        if words := freshness_words(state):
            rows.append((name, _("newest"), sentence(words)))
    if words := steroid_words(history):
        rows.append((_("Steroid"), _("taken now"), sentence(words)))
    return rows
