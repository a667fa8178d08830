"""Patient and Setting: THE list of fields.

To add a field: add one line here. Form, case file, JSON schema, rule vocabulary and report follow.
A new choice is one line in `choices.py`. Identifiers stay out of rules and logs.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from nmosd_cds.i18n import N_
from nmosd_cds.patient import choices as c
from nmosd_cds.patient.answer import (
    Choice,
    Quantity,
    Rows,
    Score,
    Serology,
    Several,
    Text,
    When,
    Whole,
    YesNo,
)
from nmosd_cds.patient.field import clinical
from nmosd_cds.patient.sections import (
    ATTACKS,
    BLOOD,
    DIAGNOSIS,
    DISABILITY,
    DISEASE,
    FERTILITY,
    INFECTION,
    ORGANS,
    PERSON,
    SETTING,
    TREATMENT,
    WISHES,
)

# 0.5 is not a step of the scale (Kurtzke 1983).
EDSS_STEPS = (Decimal(0), *(Decimal(half) / 2 for half in range(2, 21)))


class ClinicalModel(BaseModel):
    """Base of everything made of answers; None means not known."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        defer_build=True,  # a start builds only what it reads
    )


class Attack(ClinicalModel):
    """One adjudicated attack."""

    onset: When | None = clinical(N_("Onset"), section=ATTACKS)
    sites: Several | None = clinical(N_("Sites"), section=ATTACKS, choices=c.ATTACK_SITE)
    severity: Choice | None = clinical(
        N_("Severity"),
        section=ATTACKS,
        choices=c.SEVERITY,
        help=N_(
            "No scale is agreed; one cohort called EDSS 6.0 or acuity 0.1 at the worst severe."
        ),
    )
    confirmed: YesNo | None = clinical(
        N_("Confirmed"), section=ATTACKS, help=N_("Objective new signs for more than 24 hours.")
    )
    infection_excluded: YesNo | None = clinical(
        N_("Infection excluded"),
        section=ATTACKS,
        help=N_("Fever or infection can bring old symptoms back without an attack."),
    )
    functional_excluded: YesNo | None = clinical(N_("Functional overlay excluded"), section=ATTACKS)
    nadir_edss: Score | None = clinical(
        N_("Nadir EDSS"), section=ATTACKS, legal=EDSS_STEPS, help=N_("At the worst of this attack.")
    )
    strength_below_mrc_3: YesNo | None = clinical(
        N_("Strength below MRC grade 3"),
        section=ATTACKS,
        help=N_("At the worst, in any limb: no movement against gravity."),
    )
    acuity_right: Quantity | None = clinical(
        N_("Acuity, right"), section=ATTACKS, units=("logMAR", "decimal"), limits=("-0.5", 3)
    )
    acuity_left: Quantity | None = clinical(
        N_("Acuity, left"), section=ATTACKS, units=("logMAR", "decimal"), limits=("-0.5", 3)
    )
    treatment: Several | None = clinical(
        N_("Acute treatment"), section=ATTACKS, choices=c.ACUTE_TREATMENT
    )
    recovery: Choice | None = clinical(N_("Recovery"), section=ATTACKS, choices=c.RECOVERY)


class EdssScore(ClinicalModel):
    """One dated EDSS."""

    date: When | None = clinical(N_("Date"), section=DISABILITY)
    value: Score | None = clinical(
        N_("EDSS"), section=DISABILITY, legal=EDSS_STEPS, source="kurtzke-1983"
    )
    visual_functional_system: Whole | None = clinical(
        N_("Visual functional system"),
        section=DISABILITY,
        limits=(0, 6),
        help=N_("Grade 0 to 6 before conversion; EDSS hides blindness."),
    )


class Acuity(ClinicalModel):
    """One dated visual acuity of each eye, best corrected."""

    date: When | None = clinical(N_("Date"), section=DISABILITY)
    right: Quantity | None = clinical(
        N_("Right eye"), section=DISABILITY, units=("logMAR", "decimal"), limits=("-0.5", 3)
    )
    left: Quantity | None = clinical(
        N_("Left eye"), section=DISABILITY, units=("logMAR", "decimal"), limits=("-0.5", 3)
    )


class Treatment(ClinicalModel):
    """One preventive drug, from start to stop."""

    drug: Choice | None = clinical(N_("Drug"), section=TREATMENT, choices=c.DRUG)
    dose: Text | None = clinical(N_("Dose"), section=TREATMENT)
    start: When | None = clinical(N_("Start"), section=TREATMENT)
    stop: When | None = clinical(N_("Stop"), section=TREATMENT)
    ongoing: YesNo | None = clinical(N_("Still taken"), section=TREATMENT)
    last_dose: When | None = clinical(
        N_("Last dose"),
        section=TREATMENT,
        help=N_("Of an infusion or injection; a washout counts from here."),
    )
    reason: Choice | None = clinical(
        N_("Reason to stop or change"), section=TREATMENT, choices=c.STOP_REASON
    )
    holds_for_class: YesNo | None = clinical(
        N_("Reason holds for the class"),
        section=TREATMENT,
        help=N_("The recorded reason holds for every drug of the class this person could have."),
    )
    attacks_on_it: Whole | None = clinical(
        N_("Attacks on it"),
        section=TREATMENT,
        limits=(0, 50),
        help=N_("Confirmed attacks while it was taken."),
    )
    dose_adequate: YesNo | None = clinical(
        N_("Dose adequate"), section=TREATMENT, help=N_("In amount and interval, for the weight.")
    )
    adherent: YesNo | None = clinical(N_("Doses on time"), section=TREATMENT)
    cd19_depleted: YesNo | None = clinical(
        N_("B cells depleted at the attack"),
        section=TREATMENT,
        help=N_("Shown by a count near the attack."),
    )
    complement_blocked: YesNo | None = clinical(
        N_("CH50 or free C5 suppressed at the attack"),
        section=TREATMENT,
        help=N_("Shown by a test near the attack."),
    )
    late_after_infusion: YesNo | None = clinical(
        N_("Attacks over 4 weeks after an infusion"),
        section=TREATMENT,
        help=N_("Of a B-cell antibody. An attack within 4 weeks of one is not yet failure."),
    )
    drug_antibodies: Choice | None = clinical(
        N_("Antibodies against the drug"), section=TREATMENT, choices=c.POSITIVE_NEGATIVE
    )
    attested_by: Text | None = clinical(
        N_("Failure attested by"),
        section=TREATMENT,
        help=N_("A named clinician, where the laboratory proof of exposure is not known."),
    )
    attested_on: When | None = clinical(N_("Attested on"), section=TREATMENT)


class DrugDecision(ClinicalModel):
    """A drug that was not taken, and why."""

    drug: Choice | None = clinical(N_("Drug"), section=TREATMENT, choices=c.DRUG)
    decision: Choice | None = clinical(N_("Decision"), section=TREATMENT, choices=c.DECISION)
    reason: Choice | None = clinical(N_("Reason"), section=TREATMENT, choices=c.DECISION_REASON)
    holds_for_class: YesNo | None = clinical(
        N_("Reason holds for the class"),
        section=TREATMENT,
        help=N_("The reason holds for every drug of the class this person could have."),
    )
    date: When | None = clinical(N_("Date"), section=TREATMENT)
    decided_by: Text | None = clinical(N_("Decided by"), section=TREATMENT)


class CoexistingDisease(ClinicalModel):
    """One coexisting autoimmune disease and its activity."""

    disease: Choice | None = clinical(N_("Disease"), section=DISEASE, choices=c.AUTOIMMUNE_DISEASE)
    activity: Choice | None = clinical(
        N_("Activity"), section=DISEASE, choices=c.ACTIVITY, help=N_("As its specialist judges it.")
    )
    date: When | None = clinical(N_("Assessed on"), section=DISEASE)
    note: Text | None = clinical(N_("Note"), section=DISEASE)


class Allergy(ClinicalModel):
    """One allergy or severe intolerance."""

    substance: Text | None = clinical(N_("Substance"), section=PERSON)
    anaphylaxis: YesNo | None = clinical(N_("Anaphylaxis"), section=PERSON)


class TrialPlace(ClinicalModel):
    """A place offered to this person outside routine care, and what shows that it is a trial."""

    therapy: Text | None = clinical(
        N_("Therapy"), section=SETTING, help=N_("Id of the option, for example car-t-bcma.")
    )
    registry_number: Text | None = clinical(N_("Registry number"), section=SETTING)
    ethics_number: Text | None = clinical(N_("Sponsor or ethics number"), section=SETTING)
    who_pays: Choice | None = clinical(
        N_("Who pays"),
        section=SETTING,
        choices=c.PAYER,
        help=N_("A product that the patient pays for is no trial, whatever its number."),
    )
    criterion_fails: YesNo | None = clinical(
        N_("A listed criterion fails"),
        section=SETTING,
        help=N_("As the trial has said; its list is read here as well."),
    )
    into_the_eye: YesNo | None = clinical(
        N_("Into or beside the eye"),
        section=SETTING,
        help=N_("Cells into the eye, behind it or into the optic nerve."),
    )


class DeclinedTherapy(ClinicalModel):
    """A therapy the person refuses."""

    therapy: Text | None = clinical(N_("Therapy"), section=WISHES)
    date: When | None = clinical(N_("Date"), section=WISHES)


class Patient(ClinicalModel):
    """Everything the program may know about one person; None means not known."""

    # Person
    name: Text | None = clinical(N_("Name"), section=PERSON, is_identifier=True)
    hospital_number: Text | None = clinical(N_("Hospital No."), section=PERSON, is_identifier=True)
    birth_date: When | None = clinical(
        N_("Born"),
        section=PERSON,
        is_identifier=True,
        help=N_("A month or a year is enough; the age is then a range."),
    )
    stated_age: Whole | None = clinical(
        N_("Age"),
        section=PERSON,
        units=("years",),
        limits=(0, 120),
        help=N_("Only where the date of birth is not given; age on the day of the answer."),
    )
    sex: Choice | None = clinical(
        N_("Sex"),
        section=PERSON,
        choices=c.SEX,
        help=N_("Questions on pregnancy and fertility follow from it."),
    )
    weight: Quantity | None = clinical(
        N_("Weight"), section=PERSON, units=("kg",), limits=(1, 400), plausible=(30, 200)
    )
    height: Quantity | None = clinical(
        N_("Height"), section=PERSON, units=("cm",), limits=(30, 260), plausible=(130, 210)
    )
    allergies: Rows[Allergy] | None = clinical(
        N_("Allergies"),
        section=PERSON,
        help=N_("Drugs of a plan are compared with it. Complete and empty means: asked, none."),
    )

    # Diagnosis and serology
    aqp4_igg: Serology | None = clinical(
        N_("AQP4-IgG"),
        section=DIAGNOSIS,
        choices=c.POSITIVE_NEGATIVE,
        assays=c.ASSAY,
        source="wingerchuk-2015",
        help=N_("By cell-based assay; another assay alone is not proof."),
    )
    aqp4_drawn_before_treatment: YesNo | None = clinical(
        N_("AQP4-IgG drawn before exchange, immunoglobulin and B-cell drugs"),
        section=DIAGNOSIS,
        help=N_("A sample drawn after them can be falsely negative."),
    )
    aqp4_repeated_negative: YesNo | None = clinical(
        N_("AQP4-IgG negative again on repeat by cell-based assay"),
        section=DIAGNOSIS,
        help=N_("A second sample, by cell-based assay as well."),
    )
    mog_igg: Serology | None = clinical(
        N_("MOG-IgG"),
        section=DIAGNOSIS,
        choices=c.POSITIVE_NEGATIVE,
        assays=c.ASSAY,
        source="banwell-2023-mogad",
        help=N_("With its titre: 1:100 or more is clearly positive."),
    )
    core_characteristics: Several | None = clinical(
        N_("Core characteristics"),
        section=DIAGNOSIS,
        choices=c.CORE_CHARACTERISTIC,
        source="wingerchuk-2015",
        help=N_("Every kind of event this person has had; the same kind twice counts once."),
    )
    mri_optic_nerve: YesNo | None = clinical(
        N_("Optic neuritis: brain MRI normal or non-specific, or long or chiasmal lesion"),
        section=DIAGNOSIS,
        help=N_("Long is over half of the nerve. Needed where AQP4-IgG is negative or not known."),
    )
    mri_long_myelitis: YesNo | None = clinical(
        N_("Myelitis: lesion or atrophy over 3 or more contiguous segments"),
        section=DIAGNOSIS,
        help=N_("Needed where AQP4-IgG is negative or not known."),
    )
    mri_area_postrema: YesNo | None = clinical(
        N_("Area postrema: dorsal medulla lesion"),
        section=DIAGNOSIS,
        help=N_("Needed where AQP4-IgG is negative or not known."),
    )
    mri_brainstem: YesNo | None = clinical(
        N_("Brainstem: peri-ependymal lesion"),
        section=DIAGNOSIS,
        help=N_("Needed where AQP4-IgG is negative or not known."),
    )
    alternatives_excluded: YesNo | None = clinical(
        N_("Alternative diagnoses excluded"),
        section=DIAGNOSIS,
        source="wingerchuk-2015",
        help=N_("Sarcoidosis, tumour or paraneoplastic, vascular, chronic infection, and others."),
    )
    disease_onset: When | None = clinical(
        N_("First symptom of the disease"),
        section=DIAGNOSIS,
        help=N_("A year is enough. A list of drugs has to reach back to it to count as complete."),
    )
    progression_without_attacks: YesNo | None = clinical(
        N_("Steady worsening without attacks"),
        section=DIAGNOSIS,
        help=N_("Exceptional in NMOSD; it asks for the diagnosis to be looked at again."),
    )
    oligoclonal_bands: Choice | None = clinical(
        N_("Oligoclonal bands in CSF"),
        section=DIAGNOSIS,
        choices=c.POSITIVE_NEGATIVE,
        help=N_("They point to another disease and exclude NMOSD by themselves never."),
    )
    other_red_flag: YesNo | None = clinical(
        N_("Other red flag for another diagnosis"),
        section=DIAGNOSIS,
        help=N_("Nadir in under 4 hours, worsening over 4 weeks, MRI typical of another disease."),
    )
    gadolinium_lesion: YesNo | None = clinical(
        N_("Gadolinium-enhancing lesion on the latest MRI"),
        section=DIAGNOSIS,
        help=N_("In brain, orbits or cord; the date of the MRI counts."),
    )
    new_t2_lesion: YesNo | None = clinical(
        N_("New T2 lesion on the latest MRI"),
        section=DIAGNOSIS,
        help=N_("Compared with the MRI before it."),
    )
    pml_on_mri: YesNo | None = clinical(
        N_("Signs of PML on MRI or in CSF"),
        section=DIAGNOSIS,
        help=N_("Looked for before every cellular therapy, above all after natalizumab."),
    )
    extensive_white_matter: YesNo | None = clinical(
        N_("Extensive subcortical white-matter lesions"),
        section=DIAGNOSIS,
        help=N_("A trial of own stem cells excludes it and gives no measure."),
    )

    # Attacks
    attack_in_progress: YesNo | None = clinical(
        N_("Attack in progress"),
        section=ATTACKS,
        help=N_("New or worse symptoms that began in the last 30 days or are not yet stable."),
    )
    stable_since: When | None = clinical(
        N_("Neurologically stable since"),
        section=ATTACKS,
        help=N_("The day since when nothing has become worse or better."),
    )
    attacks: Rows[Attack] | None = clinical(
        N_("Attacks"),
        section=ATTACKS,
        help=N_(
            "One row for each attack; symptoms within 30 days of an onset belong to the same one."
        ),
    )
    plasma_exchange_last: When | None = clinical(
        N_("Last plasma exchange"),
        section=ATTACKS,
        help=N_("It removes antibodies, those of drugs too."),
    )
    immunoglobulin_last: Choice | None = clinical(
        N_("Immunoglobulin"),
        section=ATTACKS,
        choices=c.IMMUNOGLOBULIN,
        help=N_("It can bring antibodies of the donors into a test, such as anti-HBc."),
    )

    # Disability and vision
    edss_series: Rows[EdssScore] | None = clinical(
        N_("EDSS"),
        section=DISABILITY,
        help=N_(
            "One row for each date. Within 90 days after an attack it is provisional (project)."
        ),
    )
    acuity_series: Rows[Acuity] | None = clinical(
        N_("Visual acuity"),
        section=DISABILITY,
        help=N_("Best corrected. 20/200 is 1.0 logMAR or 0.1 decimal."),
    )
    ambulation: Choice | None = clinical(
        N_("Walking"), section=DISABILITY, choices=c.AMBULATION, source="kurtzke-1983"
    )
    plegia: Choice | None = clinical(
        N_("Plegia"),
        section=DISABILITY,
        choices=c.PLEGIA,
        help=N_("Cannot manage a walker for a few feet."),
    )
    bowel_bladder: Whole | None = clinical(
        N_("Bowel and bladder functional system"),
        section=DISABILITY,
        limits=(0, 6),
        help=N_("Grade 0 to 6, as for EDSS."),
    )
    respiratory_function: Choice | None = clinical(
        N_("Respiratory function, neurological"),
        section=DISABILITY,
        choices=c.FUNCTION,
        help=N_("What the disease of the nerves does to breathing, not the lungs."),
    )
    bulbar_function: Choice | None = clinical(
        N_("Bulbar function"),
        section=DISABILITY,
        choices=c.FUNCTION,
        help=N_("Swallowing and speech."),
    )
    ice_baseline: Whole | None = clinical(
        N_("ICE score before any treatment"),
        section=DISABILITY,
        limits=(0, 10),
        help=N_("The person's own baseline: blindness, plegia and aphasia cost points."),
    )
    handwriting_sample: YesNo | None = clinical(
        N_("Handwriting sample kept"),
        section=DISABILITY,
        help=N_("One sentence kept before treatment, to compare with after BCMA CAR-T cells."),
    )
    ecog: Whole | None = clinical(
        N_("ECOG performance status"),
        section=DISABILITY,
        limits=(0, 4),
        help=N_("Fixed weakness from NMOSD alone gives 2 or more; the field below asks for that."),
    )
    ecog_limit_neurological: YesNo | None = clinical(
        N_("Performance limited by neurology alone"),
        section=DISABILITY,
        help=N_("Yes if ECOG would be 0 or 1 without the neurological deficit."),
    )
    karnofsky: Whole | None = clinical(
        N_("Karnofsky performance"),
        section=DISABILITY,
        units=("%",),
        limits=(0, 100),
        help=N_("Kept beside ECOG; ECOG is the one that rules read."),
    )

    # Earlier and present drugs
    treatments: Rows[Treatment] | None = clinical(
        N_("Preventive drugs"),
        section=TREATMENT,
        help=N_(
            "Every preventive drug. An incomplete list cannot show that a class was never tried."
        ),
    )
    drug_decisions: Rows[DrugDecision] | None = clinical(
        N_("Drugs ruled out or put off"),
        section=TREATMENT,
        help=N_("Drugs considered and not taken, with the reason and who decided."),
    )
    closing_reasons_weighed: YesNo | None = clinical(
        N_("Reason that closes a class weighed against a transplant"),
        section=TREATMENT,
        help=N_("A board has weighed the intolerance or contraindication against a transplant."),
    )
    prednisolone_dose: Quantity | None = clinical(
        N_("Prednisolone or equivalent, now"),
        section=TREATMENT,
        units=("mg/day",),
        limits=(0, 1000),
        plausible=(0, 100),
        help=N_("The dose of today; 0 if none is taken."),
    )
    c5_variant: Choice | None = clinical(
        N_("C5 variant p.Arg885"),
        section=TREATMENT,
        choices=c.C5_VARIANT,
        help=N_("It can keep C5 drugs from binding (recalled); asked after a relapse on one."),
    )
    prior_cell_therapy: Several | None = clinical(
        N_("Earlier cell therapy"),
        section=TREATMENT,
        choices=c.CELL_THERAPY_BEFORE,
        help=N_("Also what was done abroad or sold by a clinic."),
    )

    # Infection and vaccines
    hbsag: Choice | None = clinical(N_("HBsAg"), section=INFECTION, choices=c.POSITIVE_NEGATIVE)
    anti_hbc: Choice | None = clinical(
        N_("Anti-HBc"),
        section=INFECTION,
        choices=c.POSITIVE_NEGATIVE,
        help=N_("Immunoglobulin within 6 months can make it positive without infection."),
    )
    anti_hbs: Choice | None = clinical(
        N_("Anti-HBs"),
        section=INFECTION,
        choices=c.POSITIVE_NEGATIVE,
        help=N_("From vaccination or past infection; read beside anti-HBc."),
    )
    hbv_dna: Choice | None = clinical(
        N_("HBV DNA"),
        section=INFECTION,
        choices=c.DETECTABLE,
        help=N_("Needed where HBsAg or anti-HBc is positive."),
    )
    hepatology_agreed: YesNo | None = clinical(
        N_("Hepatology has agreed"),
        section=INFECTION,
        help=N_(
            "To the treatment and to the antiviral cover, where HBsAg is positive without DNA."
        ),
    )
    hepatitis_c: Choice | None = clinical(
        N_("Hepatitis C"),
        section=INFECTION,
        choices=c.HEPATITIS_C,
        help=N_("The antibody alone says contact; RNA says that it is active."),
    )
    hiv: Choice | None = clinical(N_("HIV"), section=INFECTION, choices=c.POSITIVE_NEGATIVE)
    tuberculosis: Choice | None = clinical(
        N_("Tuberculosis"),
        section=INFECTION,
        choices=c.TUBERCULOSIS,
        help=N_(
            "By interferon-gamma or skin test. Latent is treated once its treatment was taken."
        ),
    )
    syphilis: Choice | None = clinical(
        N_("Syphilis"),
        section=INFECTION,
        choices=c.SYPHILIS,
        help=N_("It can imitate NMOSD; active means that it needs treatment."),
    )
    sars_cov_2: Choice | None = clinical(
        N_("SARS-CoV-2 PCR"), section=INFECTION, choices=c.POSITIVE_NEGATIVE
    )
    active_infection: YesNo | None = clinical(
        N_("Active uncontrolled infection"),
        section=INFECTION,
        help=N_("Not yet controlled. Steroids and IL-6 receptor antibodies hide fever and CRP."),
    )
    chronic_cmv: YesNo | None = clinical(
        N_("Chronic CMV infection"),
        section=INFECTION,
        help=N_("Lasting or returning virus, not an old antibody."),
    )
    meningococcal_vaccine: Choice | None = clinical(
        N_("Meningococcal vaccines (A, C, W, Y and B)"),
        section=INFECTION,
        choices=c.VACCINATION,
        help=N_("Complete is both kinds, two weeks or longer before a C5 drug."),
    )
    live_vaccine_within_8_weeks: YesNo | None = clinical(
        N_("Live vaccine within 8 weeks"),
        section=INFECTION,
        help=N_("Such as measles, mumps and rubella, varicella, yellow fever."),
    )

    # Blood
    haemoglobin: Quantity | None = clinical(
        N_("Haemoglobin"),
        section=BLOOD,
        units=("g/L", "g/dL"),
        limits=(10, 300),
        plausible=(60, 200),
    )
    white_cells: Quantity | None = clinical(
        N_("White cells"),
        section=BLOOD,
        units=("10^9/L", "/uL"),
        limits=(0, 500),
        plausible=(0, 50),
    )
    neutrophils: Quantity | None = clinical(
        N_("Neutrophils"),
        section=BLOOD,
        units=("10^9/L", "/uL"),
        limits=(0, 200),
        plausible=(0, 40),
        help=N_("Without growth factor."),
    )
    lymphocytes: Quantity | None = clinical(
        N_("Lymphocytes"),
        section=BLOOD,
        units=("10^9/L", "/uL"),
        limits=(0, 200),
        plausible=(0, 20),
    )
    platelets: Quantity | None = clinical(
        N_("Platelets"),
        section=BLOOD,
        units=("10^9/L", "/uL"),
        limits=(0, 3000),
        plausible=(5, 1000),
        help=N_("Without transfusion."),
    )
    igg: Quantity | None = clinical(
        N_("IgG"),
        section=BLOOD,
        units=("g/L", "mg/dL"),
        limits=(0, 150),
        plausible=("0.5", 40),
        help=N_("400 mg/dL are 4 g/L."),
    )
    crp: Quantity | None = clinical(
        N_("CRP"),
        section=BLOOD,
        units=("mg/L", "mg/dL"),
        limits=(0, 1000),
        plausible=(0, 500),
        help=N_("1 mg/dL is 10 mg/L. Steroids and IL-6 receptor antibodies lower it."),
    )
    ferritin: Quantity | None = clinical(
        N_("Ferritin"),
        section=BLOOD,
        units=("ng/mL", "ug/L"),
        limits=(0, 100000),
        plausible=(0, 10000),
    )
    aminotransferases: Quantity | None = clinical(
        N_("ALT or AST, the higher"),
        section=BLOOD,
        units=("x ULN",),
        limits=(0, 200),
        plausible=("0.1", 50),
        help=N_("The higher of the two, divided by the upper limit of the laboratory."),
    )
    bilirubin: Quantity | None = clinical(
        N_("Bilirubin"),
        section=BLOOD,
        units=("umol/L", "mg/dL"),
        substance="bilirubin",
        limits=(0, 1000),
        plausible=(1, 300),
        help=N_("Total; the limit is wider in Gilbert syndrome."),
    )
    gilbert_syndrome: YesNo | None = clinical(N_("Gilbert syndrome"), section=BLOOD)
    creatinine: Quantity | None = clinical(
        N_("Creatinine"),
        section=BLOOD,
        units=("umol/L", "mg/dL"),
        substance="creatinine",
        limits=(5, 3000),
        plausible=(20, 1500),
        help=N_("Low where muscle is wasted, so that clearance looks better than it is."),
    )
    creatinine_clearance: Quantity | None = clinical(
        N_("Creatinine clearance"),
        section=BLOOD,
        units=("mL/min",),
        limits=(0, 300),
        plausible=(5, 200),
        help=N_("Too high where muscle is wasted: cystatin C or a measured rate is safer."),
    )
    g6pd: Choice | None = clinical(
        N_("G6PD"),
        section=BLOOD,
        choices=c.G6PD,
        help=N_("Asked before dapsone, an alternative to co-trimoxazole."),
    )
    antiphospholipid: Choice | None = clinical(
        N_("Antiphospholipid antibodies"),
        section=BLOOD,
        choices=c.POSITIVE_NEGATIVE,
        help=N_("Lupus anticoagulant, anticardiolipin or anti-beta-2-glycoprotein I."),
    )

    # Heart, lungs
    lvef: Quantity | None = clinical(
        N_("Ejection fraction (LVEF)"),
        section=ORGANS,
        units=("%",),
        limits=(5, 90),
        plausible=(15, 80),
        help=N_("By echocardiogram, unless another method is named with the source."),
    )
    qtc: Quantity | None = clinical(
        N_("QTc"), section=ORGANS, units=("ms",), limits=(200, 800), plausible=(300, 600)
    )
    severe_cardiac_disease: YesNo | None = clinical(
        N_("Severe heart disease"),
        section=ORGANS,
        help=N_("In the judgement of cardiology, disturbed rhythm and a long QT included."),
    )
    myocardial_infarction: Choice | None = clinical(
        N_("Myocardial infarction"), section=ORGANS, choices=c.MYOCARDIAL_INFARCTION
    )
    dlco: Quantity | None = clinical(
        N_("DLCO, haemoglobin-corrected"),
        section=ORGANS,
        units=("% predicted",),
        limits=(5, 200),
        plausible=(15, 150),
        help=N_("Corrected for haemoglobin; the limits were written for other diseases."),
    )
    fvc: Quantity | None = clinical(
        N_("FVC"), section=ORGANS, units=("% predicted",), limits=(5, 200), plausible=(15, 150)
    )
    fev1: Quantity | None = clinical(
        N_("FEV1"), section=ORGANS, units=("% predicted",), limits=(5, 200), plausible=(15, 150)
    )
    spo2: Quantity | None = clinical(
        N_("SpO2 on air"),
        section=ORGANS,
        units=("%",),
        limits=(40, 100),
        plausible=(70, 100),
        help=N_("At rest, without oxygen."),
    )

    # Other disease
    autoimmune_diseases: Rows[CoexistingDisease] | None = clinical(
        N_("Coexisting autoimmune disease"),
        section=DISEASE,
        help=N_("Each with its activity on a day. Complete and empty means: asked, none."),
    )
    malignancy: Choice | None = clinical(
        N_("Malignancy"),
        section=DISEASE,
        choices=c.MALIGNANCY,
        help=N_("Localised skin cancer (not melanoma) and cancer in situ do not count."),
    )
    previous_thrombosis: Choice | None = clinical(
        N_("Previous thrombosis"), section=DISEASE, choices=c.THROMBOSIS
    )
    diabetes_uncontrolled: YesNo | None = clinical(N_("Uncontrolled diabetes"), section=DISEASE)
    sickle_cell_or_coagulopathy: YesNo | None = clinical(
        N_("Sickle-cell disease or coagulopathy"), section=DISEASE
    )
    marrow_disease: YesNo | None = clinical(
        N_("Cytopenia that suggests myelodysplasia"),
        section=DISEASE,
        help=N_("Low counts that neither drugs nor another disease explain."),
    )
    seizure_disorder: YesNo | None = clinical(N_("Epilepsy or active seizures"), section=DISEASE)
    severe_drug_allergy: YesNo | None = clinical(
        N_("Severe drug allergy, or two or more anaphylaxes"), section=DISEASE
    )
    dmso_intolerance: YesNo | None = clinical(
        N_("Intolerance of DMSO"),
        section=DISEASE,
        help=N_("The fluid in which frozen cells are kept."),
    )
    organ_failure: YesNo | None = clinical(
        N_("Heart, kidney or liver failure"),
        section=DISEASE,
        help=N_(
            "As trials say it, without a number: significant, in the judgement of its specialist."
        ),
    )
    blood_pressure_over_200_110: YesNo | None = clinical(
        N_("Blood pressure at or above 200/110"),
        section=DISEASE,
        help=N_("Systolic 200 or diastolic 110 mmHg or more."),
    )
    hct_ci: Whole | None = clinical(
        N_("HCT-CI"),
        section=DISEASE,
        limits=(0, 29),
        source="sorror-2015-hctci",
        help=N_("Comorbidity index of transplantation; NMOSD itself scores nothing."),
    )

    # Pregnancy and fertility
    can_become_pregnant: YesNo | None = clinical(
        N_("Can become pregnant"),
        section=FERTILITY,
        help=N_("Whatever the wish; it asks for a test within 14 days (project)."),
    )
    pregnant: YesNo | None = clinical(
        N_("Pregnant"), section=FERTILITY, help=N_("By test; the date of the test counts.")
    )
    breastfeeding: YesNo | None = clinical(N_("Breastfeeding"), section=FERTILITY)
    contraception: Choice | None = clinical(
        N_("Contraception"),
        section=FERTILITY,
        choices=c.CONTRACEPTION,
        help=N_("Of the person and the partner; trials ask for 6 to 12 months."),
    )
    fertility_wish: YesNo | None = clinical(
        N_("Wish to have children"), section=FERTILITY, help=N_("Now or later.")
    )
    fertility_preserved: YesNo | None = clinical(
        N_("Oocytes, sperm or tissue stored"), section=FERTILITY
    )

    # Wishes and support
    declined_therapies: Rows[DeclinedTherapy] | None = clinical(
        N_("Therapies the person declines"),
        section=WISHES,
        help=N_("They are shown, and not ranked."),
    )
    capacity_to_consent: YesNo | None = clinical(
        N_("Capacity to consent"),
        section=WISHES,
        help=N_("To decide on a risk like this one, today."),
    )
    carer: YesNo | None = clinical(
        N_("Carer for the first weeks"),
        section=WISHES,
        help=N_("Somebody who stays for the first weeks after CAR-T cells."),
    )
    goals_of_care: Text | None = clinical(
        N_("What matters most to the person"), section=WISHES, help=N_("In the person's own words.")
    )
    donor: Choice | None = clinical(N_("Donor"), section=WISHES, choices=c.DONOR)

    # Trials open to this person
    trial_places: Rows[TrialPlace] | None = clinical(
        N_("Trial places"),
        section=SETTING,
        help=N_("An open trial is not a place. Complete and empty means: asked, none."),
    )


class DrugAccess(ClinicalModel):
    """Whether each antibody can be had; None means not known."""

    eculizumab: Choice | None = clinical(N_("eculizumab"), section=SETTING, choices=c.ACCESS)
    ravulizumab: Choice | None = clinical(N_("ravulizumab"), section=SETTING, choices=c.ACCESS)
    inebilizumab: Choice | None = clinical(N_("inebilizumab"), section=SETTING, choices=c.ACCESS)
    rituximab: Choice | None = clinical(N_("rituximab"), section=SETTING, choices=c.ACCESS)
    satralizumab: Choice | None = clinical(N_("satralizumab"), section=SETTING, choices=c.ACCESS)
    tocilizumab: Choice | None = clinical(N_("tocilizumab"), section=SETTING, choices=c.ACCESS)


class Setting(ClinicalModel):
    """What belongs to the hospital, not to the person."""

    region: Choice | None = clinical(
        N_("Region"),
        section=SETTING,
        choices=c.REGION,
        help=N_("Kept with the case; approvals by region stand on the sheets of the drugs."),
    )
    accredited_centre: YesNo | None = clinical(
        N_("Accredited transplant centre (JACIE or FACT)"), section=SETTING
    )
    allogeneic_programme: YesNo | None = clinical(
        N_("Specialist programme for allogeneic transplant in autoimmune disease"), section=SETTING
    )
    autoimmune_transplants: Whole | None = clinical(
        N_("Transplants for autoimmune disease done by the centre"),
        section=SETTING,
        limits=(0, 5000),
        help=N_("All years together. Results differ at 15 or fewer and at 23 or more."),
    )
    open_trials: Several | None = clinical(
        N_("Trials open here"), section=SETTING, help=N_("Registry numbers.")
    )
    access: DrugAccess = DrugAccess()
