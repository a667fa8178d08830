"""The law: what is known more narrowly never turns or widens a derived fact.

A whole fictional truth is drawn first and then blurred twice, so the narrower of two states is
never a contradiction: answers are taken away, dates made coarser, lists made incomplete and rows
of incomplete lists taken away.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from definitions_builder import ON, a_definitions, what_is_known
from hypothesis import given, settings
from hypothesis import strategies as st

from nmosd_cds.calculators import derived_facts
from nmosd_cds.logic.fact import Choices, Fact

OPTIONS = tuple(a_definitions().options)
DRUGS = (*a_definitions().drugs, "other")
ANTIBODIES = (
    "eculizumab",
    "ravulizumab",
    "inebilizumab",
    "rituximab",
    "satralizumab",
    "tocilizumab",
)
ALWAYS = "1990-01-01"
SERIES = ("edss_series", "acuity_series")
# An option without drugs; anti-HBc that may come from immunoglobulin; a drug no text speaks of.
MAY_STAY_OPEN = ("own_state", "hepatitis_b", "on_teratogenic_drug")
SITES = (["spinal-cord"], ["optic-nerve-left"], ["optic-nerve-right", "brainstem"])
STANDING = ("drug_decisions", "autoimmune_diseases", "trial_places", "declined_therapies")


@settings(max_examples=300)
@given(st.integers(min_value=0))
def test_a_narrower_state_never_turns_or_widens_a_fact(seed: int) -> None:
    draw = Random(seed)
    narrow = blurred(a_truth(draw), draw, share=draw.choice((0.0, 0.02, 0.1, 0.3)))
    wide = blurred(narrow, draw, share=draw.choice((0.02, 0.1, 0.3, 0.6)))
    known, less_known = facts_of(narrow), facts_of(wide)
    for name, fact in known.items():
        before = less_known[name]
        assert fact.possible.narrows(before.possible), (  # type: ignore[arg-type]
            f"{name}: {before.possible} became {fact.possible}\n{wide}\n{narrow}"
        )


@settings(max_examples=100)
@given(st.integers(min_value=0))
def test_a_settled_fact_asks_for_nothing_and_an_open_choice_asks_for_something(seed: int) -> None:
    draw = Random(seed)
    state = blurred(a_truth(draw), draw, share=0.2)
    for name, fact in facts_of(state).items():
        if fact.possible.is_settled:
            assert fact.missing == (), name
        elif isinstance(fact.possible, Choices) and name.partition("@")[0] not in MAY_STAY_OPEN:
            assert fact.missing, name


def test_the_truths_drawn_reach_every_choice() -> None:
    seen: dict[str, set[str]] = {}
    for seed in range(700):
        for name, fact in facts_of(a_truth(Random(seed))).items():
            if isinstance(fact.possible, Choices) and fact.possible.is_settled:
                plain = name.partition("@")[0]
                seen.setdefault(plain, set()).update(fact.possible.possible)
    assert seen["standard_care"] == {
        "not-exhausted", "access-limited", "exhausted", "not-applicable"
    }  # fmt: skip
    assert len(seen["b_cell_state"]) == 8
    assert len(seen["indication"]) == 4
    assert len(seen["hepatitis_b"]) == 4
    assert len(seen["serostatus"]) == 3
    one_sided = {name for name, found in seen.items() if len(found) == 1}
    assert one_sided == {"failure_unproven"}


def facts_of(state: dict[str, Any]) -> dict[str, Fact]:
    facts = deepcopy(state)
    known = what_is_known(setting=facts.pop("setting"), **facts)
    return derived_facts(known, OPTIONS)


def a_truth(draw: Random) -> dict[str, Any]:
    """One whole fictional truth, as a case file: nothing is blank that could be known."""
    onsets = sorted(
        _day(draw, draw.choice((3000, 3000, 150))) for _ in range(draw.choice((0, 1, 1, 2, 3, 4)))
    )
    facts: dict[str, Any] = {
        "disease_onset": str(ON - timedelta(days=3000 + draw.randrange(400))),
        "attacks": {"complete_since": ALWAYS, "rows": [_attack(draw, onset) for onset in onsets]},
        "treatments": {
            "complete_since": ALWAYS,
            "rows": [_course(draw, onsets) for _ in range(draw.choice((0, 1, 2, 3, 4)))],
        },
        "edss_series": {"rows": [_edss(draw) for _ in range(draw.choice((0, 1, 2)))]},
        "acuity_series": {"rows": [_acuity(draw) for _ in range(draw.choice((0, 1, 2)))]},
        "setting": {"access": {drug: _access(draw) for drug in ANTIBODIES}},
        "prednisolone_dose": {"value": draw.choice((0, 0, 5)), "unit": "mg/day"},
    }
    facts |= _stability(draw, onsets) | _person(draw) | _serology(draw) | _hepatitis(draw)
    facts |= {name: {"complete_since": ALWAYS, "rows": _rows(draw, name)} for name in STANDING}
    facts |= {
        name: draw.choice((True, False))
        for name in (
            "mri_optic_nerve", "mri_long_myelitis", "mri_area_postrema", "mri_brainstem",
            "alternatives_excluded", "progression_without_attacks", "other_red_flag",
        )
    }  # fmt: skip
    return facts


def blurred(state: dict[str, Any], draw: Random, *, share: float) -> dict[str, Any]:
    """The same truth, known less narrowly; about `share` of what is known is lost."""
    blur = _Blur(draw, share)
    facts = {}
    for name, answer in state.items():
        if name == "setting":
            access = {drug: a for drug, a in answer["access"].items() if not blur.loses()}
            facts[name] = {"access": access}
        elif not blur.loses():
            facts[name] = blur.answer(name, answer)
    return facts


class _Blur:
    def __init__(self, draw: Random, share: float) -> None:
        self._draw = draw
        self._share = share

    def loses(self) -> bool:
        return self._draw.random() < self._share

    def answer(self, name: str, answer: Any) -> Any:
        if isinstance(answer, dict) and "rows" in answer:
            return self._listed(name, answer)
        if isinstance(answer, dict):
            return self._dated(name, answer)
        if isinstance(answer, str) and name in ("disease_onset", "birth_date", "stable_since"):
            return self._date(answer)
        return answer

    def _listed(self, name: str, listed: dict[str, Any]) -> dict[str, Any]:
        rows, since = list(listed["rows"]), listed.get("complete_since")
        if since is not None and self.loses():
            since = None
        if since is not None and self.loses() and name not in STANDING:
            later = max(_last(since), ON - timedelta(days=self._draw.randrange(700)))
            rows = [row for row in rows if not (_is_before(row, later) and self.loses())]
            since = str(later)
        if since is None and name not in SERIES:
            rows = [row for row in rows if not self.loses()]
        found: dict[str, Any] = {"rows": [self._row(row) for row in rows]}
        return found if since is None else found | {"complete_since": self._date(since)}

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        kept = {name: answer for name, answer in row.items() if not self.loses()}
        return {name: self._in_row(name, answer) for name, answer in kept.items()}

    def _in_row(self, name: str, answer: Any) -> Any:
        if name in ("onset", "start", "stop", "last_dose", "date"):
            return self._date(answer)
        return self._dated(name, answer) if isinstance(answer, dict) else answer

    def _dated(self, name: str, answer: dict[str, Any]) -> dict[str, Any]:
        found = dict(answer)
        if name in ("core_characteristics", "sites"):
            if self.loses():
                found.pop("complete", None)
            if not found.get("complete"):
                found["value"] = [core for core in found["value"] if not self.loses()]
            return found
        # An undated age is the age of today: to take its date away says something else.
        if "date" in found and name != "stated_age":
            if self.loses():
                del found["date"]
            else:
                found["date"] = self._date(found["date"])
        for part in ("assay", "titre"):
            if part in found and self.loses():
                del found[part]
        if found.get("unit") in ("logMAR", "mg/day") and found["value"] > 0 and self.loses():
            found |= {"value": round(found["value"] * 0.9, 4), "comparator": ">"}
        return found

    def _date(self, text: str) -> str:
        while len(text) > 4 and self.loses():
            text = text[:-3]
        return text


def _is_before(row: dict[str, Any], day: date) -> bool:
    """Whether an attack or a course certainly lies before a day."""
    end = row.get("onset") or row.get("stop")
    return end is not None and _last(end) < day and not row.get("ongoing")


def _last(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)


def _day(draw: Random, days: int) -> date:
    return ON - timedelta(days=draw.choice((draw.randrange(days), draw.randrange(days // 4))))


def _yes(draw: Random, share: float = 0.7) -> bool:
    return draw.random() < share


def _attack(draw: Random, onset: date) -> dict[str, Any]:
    return {
        "onset": str(onset),
        "severity": draw.choice(("mild", "moderate", "severe")),
        "confirmed": _yes(draw, 0.9),
        "infection_excluded": _yes(draw, 0.9),
        "strength_below_mrc_3": _yes(draw, 0.2),
        "sites": {"value": draw.choice(SITES), "complete": True},
        "acuity_right": {"value": draw.choice((0.2, 1.0, 1.3)), "unit": "logMAR"},
        "acuity_left": {"value": draw.choice((0.2, 1.0, 1.3)), "unit": "logMAR"},
    }


def _course(draw: Random, onsets: list[date]) -> dict[str, Any]:
    start = _day(draw, 2500)
    is_ongoing = _yes(draw, 0.4)
    end = ON if is_ongoing else start + timedelta(days=draw.randrange((ON - start).days + 1))
    row = {
        "drug": draw.choice((*ANTIBODIES, *ANTIBODIES, *DRUGS)),
        "start": str(start),
        "ongoing": is_ongoing,
        "last_dose": str(start + timedelta(days=draw.randrange((end - start).days + 1))),
        "reason": draw.choice((
            "attack", "attack", "attack", "intolerance", "contraindication", "pregnancy",
            "infection", "low-igg", "access", "choice", "other",
        )),
        "holds_for_class": _yes(draw, 0.4),
        "attacks_on_it": sum(start <= onset <= end for onset in onsets),
        "adherent": _yes(draw, 0.9),
        "dose_adequate": _yes(draw, 0.9),
        "cd19_depleted": _yes(draw, 0.8),
        "complement_blocked": _yes(draw, 0.8),
    }  # fmt: skip
    if not is_ongoing:
        row["stop"] = str(end)
    # An attestation says that exposure was adequate: beside a proof answered no it contradicts it.
    if row["cd19_depleted"] and row["complement_blocked"] and _yes(draw, 0.3):
        row["attested_by"] = "Dr Example"
    return row


def _stability(draw: Random, onsets: list[date]) -> dict[str, Any]:
    days = [(ON - onset).days for onset in onsets]
    in_progress = any(d <= 30 for d in days) or (any(d <= 90 for d in days) and _yes(draw, 0.3))
    if in_progress:
        return {"attack_in_progress": True}
    return {
        "attack_in_progress": False,
        "stable_since": str(ON - timedelta(days=draw.randrange(min(days, default=100)))),
    }


def _person(draw: Random) -> dict[str, Any]:
    age_days = draw.randrange(15 * 366, 85 * 366)
    born = ON - timedelta(days=age_days)
    asked = _day(draw, 700)
    had_birthday = (asked.month, asked.day) >= (born.month, born.day)
    age = asked.year - born.year - (0 if had_birthday else 1)
    sex = draw.choice(("female", "female", "male"))
    can = sex == "female" and _yes(draw)
    return {
        "birth_date": str(born),
        "stated_age": {"value": age, "unit": "years", "date": str(asked)},
        "sex": sex,
        "can_become_pregnant": can,
        "pregnant": {"value": can and _yes(draw, 0.3), "date": str(_day(draw, 60))},
        "plegia": {
            "value": draw.choice(("none", "paraplegia", "quadriplegia")),
            "date": str(_day(draw, 400)),
        },
    }


def _serology(draw: Random) -> dict[str, Any]:
    cores = ("optic-neuritis", "acute-myelitis", "area-postrema", "acute-brainstem", "cerebral")
    return {
        "aqp4_igg": {
            "value": draw.choice(("positive", "positive", "negative")),
            "assay": draw.choice(("cell-based", "cell-based", "cell-based", "elisa")),
        },
        "aqp4_drawn_before_treatment": _yes(draw),
        "aqp4_repeated_negative": _yes(draw),
        "mog_igg": {
            "value": draw.choice(("positive", "negative")),
            "titre": draw.choice(("1:40", ">1:40", "1:100", "1:320", ">=1:100")),
        },
        "oligoclonal_bands": draw.choice(("positive", "negative")),
        "core_characteristics": {
            "value": draw.sample(cores, draw.randrange(len(cores))),
            "complete": True,
        },
    }


def _hepatitis(draw: Random) -> dict[str, Any]:
    hbsag, anti_hbc = (draw.choice(("positive", "negative")) for _ in range(2))
    dna = draw.choice(("detectable", "undetectable", "undetectable"))
    if (hbsag, anti_hbc) == ("negative", "negative"):
        dna = "undetectable"
    return {
        "hbsag": hbsag,
        "anti_hbc": anti_hbc,
        "hbv_dna": dna,
        "immunoglobulin_last": draw.choice(("within-6-months", "none-in-6-months")),
    }


def _edss(draw: Random) -> dict[str, Any]:
    return {"date": str(_day(draw, 500)), "value": draw.choice((2, 4.5, 6.5, 8))}


def _acuity(draw: Random) -> dict[str, Any]:
    eyes = {
        eye: {"value": draw.choice((0.1, 0.8, 1.0, 1.6)), "unit": "logMAR"}
        for eye in ("right", "left")
    }
    return {"date": str(_day(draw, 500)), **eyes}


def _access(draw: Random) -> str:
    return draw.choice((
        "available", "available", "not-licensed", "licensed-not-funded", "refused",
        "named-patient-possible",
    ))  # fmt: skip


def _rows(draw: Random, name: str) -> list[dict[str, Any]]:
    make: dict[str, Callable[[], dict[str, Any]]] = {
        "drug_decisions": lambda: {
            "drug": draw.choice(ANTIBODIES),
            "decision": draw.choice(("contraindicated", "contraindicated", "deferred", "declined")),
            "reason": draw.choice(("active-hepatitis-b", "low-igg", "allergy", "permanent-other")),
            "holds_for_class": _yes(draw, 0.4),
        },
        "autoimmune_diseases": lambda: {
            "disease": draw.choice(("systemic-lupus", "sjogren", "thyroid")),
            "activity": draw.choice(("active", "inactive")),
        },
        "trial_places": lambda: {
            "therapy": draw.choice(("car-t-bcma", "car-t-bcma", "bm-msc")),
            "registry_number": draw.choice(
                ("NCT04561557", "nct00000070", "NCT00000001", "NCT02249676", "NCT99999999")
            ),
            "ethics_number": "2026-17",
            "who_pays": draw.choice(("sponsor", "sponsor", "insurer", "patient")),
            "criterion_fails": _yes(draw, 0.2),
            "into_the_eye": _yes(draw, 0.2),
        },
        "declined_therapies": lambda: {"therapy": draw.choice(OPTIONS)},
    }
    return [make[name]() for _ in range(draw.choice((0, 0, 1, 2)))]
