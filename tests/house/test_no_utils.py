"""There is no room for everything: a function without a home lacks a noun."""

from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "nmosd_cds"
ROOMS_FOR_EVERYTHING = {
    "base", "common", "constants", "core", "helper", "helpers", "manager", "managers", "misc",
    "service", "services", "util", "utils",
}  # fmt: skip


def test_no_module_is_a_room_for_everything() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in ("", ".py") and path.stem.lower() in ROOMS_FOR_EVERYTHING
    ]
    assert found == []
