"""Cell therapy before, of any kind and CAR-T cells; a blank is never `none`."""

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.earlier_cells import earlier_car_t, earlier_cell_therapy
from nmosd_cds.logic.fact import yes_no

YES, NO, EITHER = yes_no([True]), yes_no([False]), yes_no([True, False])


@pytest.mark.parametrize(
    ("kinds", "any_cells", "car_t"),
    [
        (["none"], NO, NO),
        ({"value": [], "complete": True}, NO, NO),
        (["msc"], YES, EITHER),
        ({"value": ["msc"], "complete": True}, YES, NO),
        (["car-t"], YES, YES),
        (["autologous-hsct", "car-t"], YES, YES),
        ({"state": "not-done"}, EITHER, EITHER),
        (None, EITHER, EITHER),
    ],
)
def test_earlier_cells(kinds: object, any_cells: object, car_t: object) -> None:
    known = what_is_known(**({} if kinds is None else {"prior_cell_therapy": kinds}))
    assert earlier_cell_therapy(known).possible == any_cells
    assert earlier_car_t(known).possible == car_t
    assert earlier_car_t(known).missing == ("prior_cell_therapy",)
