"""Results as people read them: words for the names and values that files use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmosd_cds.calculators.scores.asked import WORDS, Asked
from nmosd_cds.calculators.scores.score import INDETERMINATE
from nmosd_cds.i18n import ENGLISH, N_, _, language
from nmosd_cds.i18n.joining import beside, listed

RESULTS: Mapping[str, str] = {
    "arr": N_("Relapses a year"),
    "below_baseline": N_("Points below the own baseline"),
    "branch": N_("Branch"),
    "candidates": N_("Steps that sources allow"),
    "ci95": N_("Exact 95 % interval"),
    "classes": N_("Classes"),
    "converted": N_("Converted for the EDSS"),
    "crcl_ml_min": N_("Creatinine clearance, mL/min"),
    "edss": N_("EDSS"),
    "grade": N_("Grade"),
    "grade_at_least": N_("At least"),
    "grade_at_most": N_("At most"),
    "group": N_("Group"),
    "highly_active": N_("Highly active"),
    "is_dual_positive": N_("Both antibodies positive"),
    "is_lower_bound": N_("A lower bound only"),
    "is_unstable": N_("Unstable, too short"),
    "met": N_("Criteria met"),
    "open_classes": N_("Not closed"),
    "person_years": N_("Patient-years"),
    "relapses": N_("Relapses"),
    "risk": N_("Risk"),
    "score": N_("Score"),
    "score_at_least": N_("At least"),
    "score_at_most": N_("At most"),
    "score_with_worst_tests": N_("Score if every missing test were the worst"),
    "status": N_("State"),
    "sustained": N_("Sustained"),
    "visual_fs": N_("Visual functional system"),
    "worsening": N_("Worsening"),
}
VALUES: Mapping[str, str] = {
    INDETERMINATE: N_("cannot be told from what is known"),
    "low": N_("low"),
    "intermediate": N_("intermediate"),
    "high": N_("high"),
    "aqp4_positive": N_("AQP4-IgG positive"),
    "aqp4_negative": N_("AQP4-IgG negative"),
    "aqp4_unknown": N_("AQP4-IgG not known"),
    "open": N_("open"),
    "closed": N_("closed"),
    "access_limited": N_("limited by access"),
    "exhausted": N_("exhausted"),
    "not_exhausted": N_("not exhausted"),
    "not_applicable_seronegative_or_unknown": N_("does not apply without AQP4-IgG"),
    "c5": N_("C5"),
    "b_cell": N_("B cell"),
    "il6r": N_("IL-6R"),
    "obesity": N_("obesity"),
    "diabetes": N_("diabetes"),
    "psychiatric": N_("psychiatric"),
    "hepatic_mild": N_("hepatic mild"),
    "hepatic_moderate_severe": N_("hepatic moderate severe"),
    "rheumatologic": N_("rheumatologic"),
    "renal_moderate_severe": N_("renal moderate severe"),
    "pulmonary_moderate": N_("pulmonary moderate"),
    "pulmonary_severe": N_("pulmonary severe"),
    "prior_malignancy": N_("prior malignancy"),
    "failed_adequate": N_("failed adequate"),
    "intolerant": N_("intolerant"),
    "contraindicated": N_("contraindicated"),
    "not_accessible": N_("not accessible"),
    "untried": N_("untried"),
    "tried_not_adequate": N_("tried not adequate"),
}


def result_words(name: str) -> str:
    """What a result is called."""
    return _(RESULTS[name]) if name in RESULTS else name.replace("_", " ")


def in_step(value: object, inputs: Iterable[Asked] = ()) -> str:
    """A name, a word or a result within a step; in English as files have it."""
    text = str(value)
    if language() == ENGLISH:
        return text
    labels = {one.name: one.label for one in inputs}
    if text in labels:
        return _(labels[text])
    return _(WORDS[text]) if text in WORDS else value_words(value)


def value_words(value: object) -> str:
    """A result as it is read: yes and no, words for words, numbers without a trailing zero."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return listed(value_words(one) for one in value) or _("none")
    if isinstance(value, dict):
        return listed(beside(value_words(key), value_words(one)) for key, one in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return _(VALUES[text]) if text in VALUES else text.replace("_", " ")
