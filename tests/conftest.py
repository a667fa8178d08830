"""What every test needs: Qt without a screen, no modal box, a cache of its own, golden files."""

import functools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# The same examples on every run: a red run can be repeated, and a slow machine is not a failure.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite every derived file (golden, rules.txt, schemas); then read the git diff",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("markexpr") != "xvfb":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("NMOSD_CDS_CACHE", "NMOSD_CDS_CONFIG"):
        if name not in os.environ:
            _give_folder(config, name)


def _give_folder(config: pytest.Config, name: str) -> None:
    """A folder of the tests' own, in place of the user's."""
    folder = tempfile.mkdtemp(prefix="nmosd-cds-tests-")
    os.environ[name] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.add_cleanup(lambda: os.environ.pop(name, None))


@pytest.fixture
def accepted(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `tests/golden/<name>`; `--accept` rewrites the file instead."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            return
        if not file.exists():
            pytest.fail(f"{file} is missing; write it with --accept and read it.")
        assert text == file.read_text(encoding="utf-8"), f"differs from {file}; see --accept"

    return compare


@pytest.fixture(autouse=True)
def no_modal_box(request: pytest.FixtureRequest) -> None:
    """A box that waits for a person would wait for ever here, so opening one fails the test."""
    if "PySide6.QtWidgets" in sys.modules or "qtbot" in request.fixturenames:
        _close_modal_boxes()


@functools.cache
def _close_modal_boxes() -> None:
    # Once for the whole run; a test that needs a box patches it for itself.
    from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

    boxes = {
        QDialog: ("exec",),
        QMessageBox: ("about", "critical", "information", "question", "warning"),
        QFileDialog: (
            "getExistingDirectory",
            "getOpenFileName",
            "getOpenFileNames",
            "getSaveFileName",
        ),
        QInputDialog: ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
    }
    for box, names in boxes.items():
        for name in names:
            setattr(box, name, _refuse(f"{box.__name__}.{name}"))


def _refuse(name: str) -> Callable[..., None]:
    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail(f"{name} waits for a person; open() the box and act on its signals.")

    return refuse
