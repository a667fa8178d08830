"""Scores on plain inputs, one file each. A file that is not in the tuple fails a test."""

from __future__ import annotations

from nmosd_cds.calculators.scores.approved_options_gate import APPROVED_OPTIONS_GATE
from nmosd_cds.calculators.scores.arr import ARR
from nmosd_cds.calculators.scores.astct_crs import ASTCT_CRS
from nmosd_cds.calculators.scores.astct_icans import ASTCT_ICANS
from nmosd_cds.calculators.scores.car_hematotox import CAR_HEMATOTOX
from nmosd_cds.calculators.scores.cockcroft_gault import COCKCROFT_GAULT
from nmosd_cds.calculators.scores.edss import EDSS
from nmosd_cds.calculators.scores.edss_worsening import EDSS_WORSENING
from nmosd_cds.calculators.scores.hct_ci import HCT_CI
from nmosd_cds.calculators.scores.ice_score import ICE_SCORE
from nmosd_cds.calculators.scores.ipnd_2015 import IPND_2015
from nmosd_cds.calculators.scores.mogad_2023 import MOGAD_2023
from nmosd_cds.calculators.scores.relapse_activity import RELAPSE_ACTIVITY
from nmosd_cds.calculators.scores.score import Score, Worked
from nmosd_cds.calculators.scores.visual_fs import VISUAL_FS

SCORES: tuple[Score, ...] = (
    HCT_CI,
    CAR_HEMATOTOX,
    ASTCT_CRS,
    ICE_SCORE,
    ASTCT_ICANS,
    IPND_2015,
    MOGAD_2023,
    EDSS,
    VISUAL_FS,
    ARR,
    EDSS_WORSENING,
    RELAPSE_ACTIVITY,
    COCKCROFT_GAULT,
    APPROVED_OPTIONS_GATE,
)


def score_for(field: str) -> Score | None:
    """The calculator whose result answers a patient field; None if there is none."""
    return next((one for one in SCORES if one.fills and one.fills[1] == field), None)


__all__ = ["SCORES", "Score", "Worked", "score_for"]
