"""Fields and derived facts share one list of names."""

from collections.abc import Iterator

import pytest

from nmosd_cds.knowledge import facts


@pytest.fixture(autouse=True)
def no_memory() -> Iterator[None]:
    facts.known_fact_specs.cache_clear()
    yield
    facts.known_fact_specs.cache_clear()


def test_every_fact_is_known_by_its_own_name() -> None:
    specs = facts.known_fact_specs()
    assert all(name == spec.name for name, spec in specs.items())
    assert {"lvef", "access_eculizumab"} <= set(specs)


def test_two_facts_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "derived_fact_specs", facts.patient_fact_specs)
    with pytest.raises(ValueError, match="Two facts are named"):
        facts.known_fact_specs()
