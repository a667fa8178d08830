"""Pages of the form, in the order they are asked."""

from __future__ import annotations

from nmosd_cds.i18n import N_

PERSON = "person"
DIAGNOSIS = "diagnosis"
ATTACKS = "attacks"
DISABILITY = "disability"
TREATMENT = "treatment"
INFECTION = "infection"
BLOOD = "blood"
ORGANS = "organs"
DISEASE = "disease"
FERTILITY = "fertility"
WISHES = "wishes"
SETTING = "setting"

SECTIONS: dict[str, str] = {
    PERSON: N_("Person"),
    DIAGNOSIS: N_("Diagnosis and serology"),
    ATTACKS: N_("Attacks"),
    DISABILITY: N_("Disability and vision"),
    TREATMENT: N_("Earlier and present drugs"),
    INFECTION: N_("Infection and vaccines"),
    BLOOD: N_("Blood"),
    ORGANS: N_("Heart, lungs, kidney"),
    DISEASE: N_("Other disease"),
    FERTILITY: N_("Pregnancy and fertility"),
    WISHES: N_("Wishes and support"),
    SETTING: N_("Hospital and trials"),
}
