"""What is still possible, as the few words a reader sees beside a fact."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import beside, named
from nmosd_cds.logic.fact import YES_NO, Choices, Interval, Possible
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Treatment

# Words of the program that are ids of facts, states and access, as they stand in a sentence.
WORDS = (
    N_("100 to 200 m"),
    N_("200 to 300 m"),
    N_("300 to 500 m"),
    N_("absent"),
    N_("access limited"),
    N_("active"),
    N_("antibody only"),
    N_("aqp4 negative"),
    N_("aqp4 positive"),
    N_("arterial"),
    N_("attack in progress"),
    N_("available"),
    N_("bed much of day"),
    N_("carrier"),
    N_("chair most of day"),
    N_("clear"),
    N_("cn"),
    N_("complete"),
    N_("contraindicated"),
    N_("declined"),
    N_("deep vein"),
    N_("deferred"),
    N_("deficient"),
    N_("detectable"),
    N_("effective"),
    N_("eu"),
    N_("exhausted"),
    N_("failed"),
    N_("female"),
    N_("haploidentical"),
    N_("helpless"),
    N_("high"),
    N_("impaired"),
    N_("inadequate"),
    N_("incomplete"),
    N_("intolerant"),
    N_("jp"),
    N_("latent"),
    N_("latent treated"),
    N_("latent untreated"),
    N_("licensed not funded"),
    N_("localised skin or in situ"),
    N_("low"),
    N_("male"),
    N_("matched sibling"),
    N_("matched unrelated"),
    N_("moderate"),
    N_("mogad"),
    N_("named patient possible"),
    N_("negative"),
    N_("never"),
    N_("none"),
    N_("none in 6 months"),
    N_("normal"),
    N_("not accessible"),
    N_("not applicable"),
    N_("not exhausted"),
    N_("not licensed"),
    N_("not needed"),
    N_("not pregnant"),
    N_("one aid over 50 m"),
    N_("one aid under 50 m"),
    N_("other"),
    N_("over 12 months"),
    N_("over 5 years"),
    N_("over 500 m"),
    N_("paraplegia"),
    N_("positive"),
    N_("pregnant"),
    N_("present"),
    N_("pulmonary embolism"),
    N_("quadriplegia"),
    N_("quiescent"),
    N_("recent start"),
    N_("refused"),
    N_("rna positive"),
    N_("severe"),
    N_("totally helpless"),
    N_("treated"),
    N_("two aids 5 to 120 m"),
    N_("two aids over 120 m"),
    N_("under 100 m"),
    N_("undetectable"),
    N_("unrestricted"),
    N_("untried"),
    N_("us"),
    N_("very low"),
    N_("wheelchair alone"),
    N_("wheelchair with help"),
    N_("within 12 months"),
    N_("within 5 years"),
    N_("within 6 months"),
)
_YES_NO_WORDS = {"true": "yes", "false": "no"}


def id_words(identifier: str) -> str:
    """An id of a state or choice as people read it: `not-exhausted` is `not exhausted`."""
    return _(identifier.replace("-", " "))


def drug_words(drug: str) -> str:
    """A drug within a sentence: `eculizumab`; under its name in another language."""
    return named(field_specs(Treatment)["drug"].label_of(drug), drug)


def possible_in_words(possible: Possible) -> str:
    """A short text: `yes`, `not exhausted`, `2 or more`, `not known`.

    Args:
        possible: The values still possible.
    """
    if isinstance(possible, Interval):
        return _number_in_words(possible)
    return _choice_in_words(possible)


def _choice_in_words(possible: Choices) -> str:
    if possible.is_unknown:
        return _("not known")
    words = _YES_NO_WORDS if possible.domain == YES_NO else {}
    left = [one for one in possible.domain if one in possible.possible]
    said = [_(words[one]) if one in words else id_words(one) for one in left]
    return said[0] if len(said) == 1 else _(" or ").join(said)


def _number_in_words(possible: Interval) -> str:
    if possible.is_settled:
        return f"{possible.low:f}"
    if possible.high is None:
        return _at_end(possible.low, _("or more")) if possible.low else _("not known")
    if possible.low is None:
        assert possible.high is not None  # else nothing was known
        return _at_end(possible.high, _("or less"))
    return _("{low} to {high}").format(low=f"{possible.low:f}", high=f"{possible.high:f}")


def _at_end(number: Decimal, words: str) -> str:
    return beside(f"{number:f}", words)
