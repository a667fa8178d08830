"""An answer that is no longer needed goes at once, not with a long round of the collector.

Such a round holds every thread of the window, and there is an answer after each word that is typed.
"""

import gc

import pytest
from advice_builder import a_changed, advised

from nmosd_cds.patient.case import Case

CASES = {
    "nothing-known": Case(),
    "classes-open": a_changed("b", without=("treatments", "drug_decisions")),
    "gates-open": a_changed("b", without=("hiv", "hbsag", "lvef", "sex")),
    "all-known": a_changed("b"),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_an_answer_is_left_once_it_is_dropped(name: str) -> None:
    case = CASES[name]
    advised(case)  # what is kept for the next answer
    gc.collect()
    gc.disable()
    try:
        advised(case)
        assert gc.collect() == 0
    finally:
        gc.enable()
