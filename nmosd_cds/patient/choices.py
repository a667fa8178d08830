"""The closed lists of choices. To add a choice, add one line; ids are never reused."""

from __future__ import annotations

from nmosd_cds.i18n import N_
from nmosd_cds.patient.field import Option


def _options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(identifier, label) for identifier, label in pairs)


SEX = _options(("female", N_("Female")), ("male", N_("Male")))
POSITIVE_NEGATIVE = _options(("positive", N_("Positive")), ("negative", N_("Negative")))
DETECTABLE = _options(("detectable", N_("Detectable")), ("undetectable", N_("Undetectable")))
ASSAY = _options(
    ("cell-based", N_("Cell-based assay")),
    ("elisa", N_("ELISA")),
    ("tissue-based", N_("Tissue-based assay")),
    ("other", N_("Other assay")),
)
CORE_CHARACTERISTIC = _options(
    ("optic-neuritis", N_("Optic neuritis")),
    ("acute-myelitis", N_("Acute myelitis")),
    ("area-postrema", N_("Area postrema syndrome")),
    ("acute-brainstem", N_("Acute brainstem syndrome")),
    ("diencephalic", N_("Diencephalic syndrome with typical MRI")),
    ("cerebral", N_("Cerebral syndrome with typical MRI")),
)
ATTACK_SITE = _options(
    ("optic-nerve-right", N_("Optic nerve, right")),
    ("optic-nerve-left", N_("Optic nerve, left")),
    ("spinal-cord", N_("Spinal cord")),
    ("area-postrema", N_("Area postrema")),
    ("brainstem", N_("Brainstem")),
    ("diencephalon", N_("Diencephalon")),
    ("cerebrum", N_("Cerebrum")),
)
SEVERITY = _options(("mild", N_("Mild")), ("moderate", N_("Moderate")), ("severe", N_("Severe")))
RECOVERY = _options(("full", N_("Full")), ("partial", N_("Partial")), ("none", N_("None")))
ACUTE_TREATMENT = _options(
    ("methylprednisolone", N_("Intravenous methylprednisolone")),
    ("plasma-exchange", N_("Plasma exchange")),
    ("immunoglobulin", N_("Immunoglobulin")),
    ("other", N_("Other")),
)
AMBULATION = _options(
    ("unrestricted", N_("Unrestricted")),
    ("over-500-m", N_("500 m or more, restricted")),
    ("300-to-500-m", N_("300 to under 500 m")),
    ("200-to-300-m", N_("200 to under 300 m")),
    ("100-to-200-m", N_("100 to under 200 m")),
    ("under-100-m", N_("Under 100 m without aid")),
    ("one-aid-over-50-m", N_("One aid, 50 m or more")),
    ("two-aids-over-120-m", N_("Two aids, 120 m or more")),
    ("one-aid-under-50-m", N_("One aid, under 50 m")),
    ("two-aids-5-to-120-m", N_("Two aids, 5 to under 120 m")),
    ("wheelchair-alone", N_("Wheelchair, transfers alone")),
    ("wheelchair-with-help", N_("Wheelchair, with help")),
    ("chair-most-of-day", N_("Bed or chair, out of bed most of the day")),
    ("bed-much-of-day", N_("In bed much of the day")),
    ("helpless", N_("Helpless, communicates and eats")),
    ("totally-helpless", N_("Totally helpless")),
)
PLEGIA = _options(
    ("none", N_("None")), ("paraplegia", N_("Paraplegia")), ("quadriplegia", N_("Quadriplegia"))
)
FUNCTION = _options(
    ("normal", N_("Normal")), ("impaired", N_("Impaired")), ("severe", N_("Severely impaired"))
)
DRUG = _options(
    ("eculizumab", N_("eculizumab")),
    ("ravulizumab", N_("ravulizumab")),
    ("inebilizumab", N_("inebilizumab")),
    ("rituximab", N_("rituximab")),
    ("satralizumab", N_("satralizumab")),
    ("tocilizumab", N_("tocilizumab")),
    ("azathioprine", N_("azathioprine")),
    ("mycophenolate", N_("mycophenolate")),
    ("prednisolone", N_("prednisolone")),
    ("methotrexate", N_("methotrexate")),
    ("ciclosporin", N_("ciclosporin")),
    ("tacrolimus", N_("tacrolimus")),
    ("mitoxantrone", N_("mitoxantrone")),
    ("cyclophosphamide", N_("cyclophosphamide")),
    ("interferon-beta", N_("interferon beta")),
    ("natalizumab", N_("natalizumab")),
    ("fingolimod", N_("fingolimod")),
    ("glatiramer", N_("glatiramer")),
    ("dimethyl-fumarate", N_("dimethyl fumarate")),
    ("alemtuzumab", N_("alemtuzumab")),
    ("cladribine", N_("cladribine")),
    ("other", N_("Other")),
)
STOP_REASON = _options(
    ("attack", N_("Attack on it")),
    ("intolerance", N_("Intolerance")),
    ("contraindication", N_("Contraindication")),
    ("pregnancy", N_("Pregnancy or wish for it")),
    ("infection", N_("Infection")),
    ("low-igg", N_("Low IgG")),
    ("access", N_("No longer available")),
    ("choice", N_("The person's choice")),
    ("other", N_("Other")),
)
DECISION = _options(
    ("contraindicated", N_("Contraindicated")),
    ("deferred", N_("Deferred")),
    ("declined", N_("Declined by the person")),
)
# The temporary or treatable reasons; a class is never closed by one of them.
DECISION_REASON = _options(
    ("active-hepatitis-b", N_("Active hepatitis B")),
    ("untreated-tuberculosis", N_("Untreated tuberculosis")),
    ("vaccine-pending", N_("Vaccine pending")),
    ("infection", N_("Infection")),
    ("pregnancy", N_("Pregnancy")),
    ("low-igg", N_("Low IgG")),
    ("allergy", N_("Severe allergy to it")),
    ("permanent-other", N_("Other, permanent")),
)
TEMPORARY_REASONS = frozenset(option.id for option in DECISION_REASON[:6])
IMMUNOGLOBULIN = _options(
    ("within-6-months", N_("Within 6 months")), ("none-in-6-months", N_("None in 6 months"))
)
CELL_THERAPY_BEFORE = _options(
    ("none", N_("None")),
    ("autologous-hsct", N_("Autologous HSCT")),
    ("allogeneic-hsct", N_("Allogeneic HSCT")),
    ("car-t", N_("CAR-T")),
    ("msc", N_("Mesenchymal cells")),
    ("other", N_("Other")),
)
HEPATITIS_C = _options(
    ("negative", N_("Negative")),
    ("antibody-only", N_("Antibody positive, RNA negative")),
    ("rna-positive", N_("RNA positive")),
)
TUBERCULOSIS = _options(
    ("negative", N_("Negative")),
    ("latent-untreated", N_("Latent, untreated")),
    ("latent-treated", N_("Latent, treated")),
    ("active", N_("Active")),
)
SYPHILIS = _options(
    ("negative", N_("Negative")), ("treated", N_("Treated")), ("active", N_("Active"))
)
VACCINATION = _options(
    ("complete", N_("Complete")), ("incomplete", N_("Incomplete")), ("none", N_("None"))
)
AUTOIMMUNE_DISEASE = _options(
    ("systemic-lupus", N_("Systemic lupus erythematosus")),
    ("sjogren", N_("Sjögren's disease")),
    ("myasthenia-gravis", N_("Myasthenia gravis")),
    ("rheumatoid-arthritis", N_("Rheumatoid arthritis")),
    ("thyroid", N_("Autoimmune thyroid disease")),
    ("inflammatory-bowel", N_("Inflammatory bowel disease")),
    ("other", N_("Other")),
)
ACTIVITY = _options(("active", N_("Active")), ("inactive", N_("Inactive")))
MALIGNANCY = _options(
    ("none", N_("None")),
    ("localised-skin-or-in-situ", N_("Localised skin cancer or in situ, treated")),
    ("over-5-years", N_("Treated, over 5 years ago")),
    ("within-5-years", N_("Within 5 years")),
    ("active", N_("Active")),
)
THROMBOSIS = _options(
    ("none", N_("None")),
    ("deep-vein", N_("Deep vein")),
    ("pulmonary-embolism", N_("Pulmonary embolism")),
    ("arterial", N_("Arterial")),
)
MYOCARDIAL_INFARCTION = _options(
    ("never", N_("Never")),
    ("over-12-months", N_("Over 12 months ago")),
    ("within-12-months", N_("Within 12 months")),
)
CONTRACEPTION = _options(
    ("effective", N_("Effective")), ("none", N_("None")), ("not-needed", N_("Not needed"))
)
G6PD = _options(("normal", N_("Normal")), ("deficient", N_("Deficient")))
C5_VARIANT = _options(("absent", N_("Absent")), ("present", N_("Present")))
DONOR = _options(
    ("matched-sibling", N_("Matched sibling")),
    ("matched-unrelated", N_("Matched unrelated")),
    ("haploidentical", N_("Haploidentical")),
    ("none", N_("None found")),
)
REGION = _options(
    ("us", N_("United States")),
    ("eu", N_("European Union")),
    ("jp", N_("Japan")),
    ("cn", N_("China")),
    ("other", N_("Other")),
)
ACCESS = _options(
    ("available", N_("Available")),
    ("not-licensed", N_("Not licensed here")),
    ("licensed-not-funded", N_("Licensed, not funded")),
    ("refused", N_("Refused")),
    ("named-patient-possible", N_("Named-patient supply possible")),
)
PAYER = _options(
    ("sponsor", N_("Sponsor or public")),
    ("insurer", N_("Insurer")),
    ("patient", N_("The patient")),
)
