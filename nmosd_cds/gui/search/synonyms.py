"""Other words by which people look for a field; what a laboratory calls it stands elsewhere.

Project wording, collected for finding a field and for nothing else; no clinician has reviewed it.
"""

from __future__ import annotations

from collections.abc import Mapping

from nmosd_cds.patient.lab_names import NAMES

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "name": ("patient", "surname", "family name", "姓名"),
    "hospital_number": ("MRN", "patient ID", "record number", "住院号", "病历号"),
    "birth_date": ("date of birth", "birthday", "DOB", "出生日期"),
    "stated_age": ("years old", "年龄"),
    "sex": ("gender", "male", "female", "性别"),
    "allergies": ("allergy", "hypersensitivity", "过敏"),
    "core_characteristics": ("optic neuritis", "myelitis", "area postrema", "视神经炎", "脊髓炎"),
    "attacks": ("relapse", "relapses", "ARR", "复发"),
    "edss_series": ("disability", "Kurtzke", "残疾"),
    "acuity_series": ("vision", "visus", "sight", "blindness", "视力"),
    "ambulation": ("gait", "wheelchair", "行走"),
    "treatments": ("prevention", "biologic", "immunosuppression", "DMT", "用药", "治疗"),
    "drug_decisions": ("contraindication", "intolerance", "禁忌"),
    "prednisolone_dose": ("steroid", "corticosteroid", "glucocorticoid", "激素", "泼尼松"),
    "plasma_exchange_last": ("PLEX", "apheresis", "血浆置换"),
    "immunoglobulin_last": ("IVIG", "丙种球蛋白"),
    "meningococcal_vaccine": ("MenACWY", "MenB", "meningitis", "疫苗"),
    "severe_cardiac_disease": ("cardiac", "heart failure", "心脏"),
    "malignancy": ("cancer", "tumour", "tumor", "肿瘤"),
    "pregnant": ("pregnancy", "怀孕", "妊娠"),
    "fertility_wish": ("children", "family planning", "生育"),
    "goals_of_care": ("wishes", "quality of life", "意愿"),
    "trial_places": ("enrolment", "study place", "NCT", "临床试验"),
    "accredited_centre": ("JACIE", "FACT", "transplant unit", "移植中心"),
}


def synonyms_of(field: str) -> tuple[str, ...]:
    """Other words for a field; none for most."""
    return (*NAMES.get(field, ()), *_OTHERS.get(field, ()))


def named() -> frozenset[str]:
    """Every field that has other words."""
    return frozenset(NAMES) | frozenset(_OTHERS)
