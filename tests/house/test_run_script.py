"""run.py: read by an old Python, cheap the second time, never content with half a set-up."""

import ast
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module, with its `.venv` in a temporary folder and no child process allowed."""
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(module.subprocess, "run", lambda *_a, **_k: pytest.fail("started a child"))
    return module


def finished(script: ModuleType, **changed: str) -> None:
    """Leave what a finished set-up for the tests leaves."""
    python = script.VENV / ("Scripts/python.exe" if script.WINDOWS else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = {"python": sys.version, "place": str(ROOT)}
    stamp |= {name: script.fingerprint(name) for name in ("run", "test")}
    script.STAMP.write_text(json.dumps(stamp | changed), encoding="utf-8")


def test_an_old_python_can_read_the_script() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_a_sentence(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2))
    assert script.main([]) == 2
    assert capsys.readouterr().out == (
        "NMOSD-CDS needs Python 3.11 or newer; this is Python 3.9.\n"
    )


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_a_finished_set_up_starts_no_process(script: ModuleType, purpose: str) -> None:
    finished(script)
    assert Path(script.set_up(purpose)).is_relative_to(script.VENV)


@pytest.mark.parametrize("key", ["python", "place"])
def test_another_python_or_place_makes_the_venv_anew(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    finished(script, **{key: "another"})
    made = []
    monkeypatch.setattr(script, "make_venv", lambda: made.append("venv"))
    monkeypatch.setattr(script, "call", lambda command, **_: made.append(command[3]) or 0)
    script.set_up("run")
    assert made == ["venv", "install", "install"]


def test_a_half_made_venv_is_made_anew(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(script)
    script.STAMP.unlink()
    made = []
    monkeypatch.setattr(script, "make_venv", lambda: made.append("venv"))
    monkeypatch.setattr(script, "call", lambda *_, **__: 0)
    script.set_up("run")
    assert made == ["venv"]


def test_a_changed_lock_is_installed_again(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(script, run="another")
    called = []
    monkeypatch.setattr(script, "call", lambda command, **_: called.append(command[-1]) or 0)
    script.set_up("run")
    assert called == [str(ROOT / "requirements" / "run.lock"), str(ROOT)]


def test_a_failed_install_leaves_no_stamp(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finished(script, run="another")
    monkeypatch.setattr(script, "call", lambda *_, **__: 1)
    assert script.main(["examples"]) == 2
    assert not script.STAMP.exists()
    assert "pip could not install" in capsys.readouterr().out


def test_without_root_a_missing_library_ends_with_the_line(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "LINUX", True)
    monkeypatch.setattr(script, "can_apt", lambda: False)
    monkeypatch.setattr(script, "missing_libraries", lambda: ["libgl1"])
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000, raising=False)
    assert script.main(["test"]) == 2
    assert capsys.readouterr().out.endswith(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1\n"
    )
