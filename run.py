"""Set everything up and start: `python3 run.py` opens the app, `python3 run.py test` tests it.

Standard library only, and written so that an old Python can still read it and say what it lacks.
Any other words are handed to the command line: `python3 run.py rank case.json`.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "nmosd-cds-set-up.json"
EXAMPLE = ROOT / "resources" / "examples" / "b.json"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")

CANNOT_SET_UP = 2
NO_TESTS_COLLECTED = 5

# Library -> Debian's package. Qt's own message names libxcb-cursor alone, which is not enough.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Program -> Debian's package, for the tests that need a real X window.
SCREEN_PROGRAMS = {"xvfb-run": "xvfb", "Xvfb": "xvfb", "xauth": "xauth"}
FEDORA_LINE = (
    "sudo dnf install mesa-libGL mesa-libEGL glib2 fontconfig libxkbcommon dbus-libs "
    "xcb-util-cursor libxkbcommon-x11 xcb-util-wm xcb-util-keysyms libxcb"
)
# Qt aborts the whole process when it cannot reach the screen, so it is tried in a child.
TRY_SCREEN = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


class SetUpError(Exception):
    """Something is missing that this script may not, or could not, install."""


def main(arguments: list[str]) -> int:
    """Set up what the words need, run it, and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one must be told, not crash
        have = "%d.%d" % sys.version_info[:2]  # noqa: UP031 - the oldest form there is
        say("NMOSD-CDS needs Python 3.11 or newer; this is Python " + have + ".")
        return CANNOT_SET_UP
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        return run_app(arguments)
    except SetUpError as reason:
        say(str(reason))
        return CANNOT_SET_UP
    except KeyboardInterrupt:
        return 130


def run_app(arguments: list[str]) -> int:
    """Hand the words to the app; without words open an example, or rank it if no screen is here."""
    python = set_up("run")
    app = [python, "-P", "-m", "nmosd_cds"]
    if arguments:
        if arguments[0] == "gui":
            provide(missing_libraries())
        return call([*app, *arguments])
    if has_screen(python):
        return call([*app, "gui", str(EXAMPLE)])
    report = Path.cwd() / "nmosd-cds-example-b.pdf"
    say("No screen was found, so the example is ranked here and its report written to a file.")
    code = call([*app, "rank", str(EXAMPLE), "--pdf", str(report)])
    if code == 0:
        say("The report of the example is in " + str(report))
    return code


def run_tests(arguments: list[str]) -> int:
    """The whole suite without a screen, then the tests that need one, on a virtual one."""
    if LINUX:
        programs = {of for name, of in SCREEN_PROGRAMS.items() if shutil.which(name) is None}
        provide(sorted({*missing_libraries(), *programs, *missing_venv()}))
    python = set_up("test")
    suite = [python, "-m", "pytest"]
    off = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    # The whole suite runs on every processor; a chosen test runs where it can be watched.
    first = call([*suite, *(arguments or ["-n", "auto", "--dist", "worksteal"])], env=off, cwd=ROOT)
    if first not in (0, NO_TESTS_COLLECTED) or any(word.startswith("-m") for word in arguments):
        return first
    screen = ["xvfb-run", "-a"] if LINUX else []
    windowed = [*suite, *arguments, "-m", "xvfb"]
    if not needs_window() or (arguments and not collects(windowed)):
        return first
    real = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if LINUX:
        # Under Wayland Qt would leave the virtual screen for the real one.
        real["QT_QPA_PLATFORM"] = "xcb"
    return call([*screen, *windowed], env=real, cwd=ROOT)


def collects(pytest: list[str]) -> bool:
    """Whether a pytest command has any test to run."""
    listing = [*pytest, "--collect-only", "--quiet"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=False)
    return done.returncode != NO_TESTS_COLLECTED


def needs_window() -> bool:
    """Whether any test asks for a real window."""
    files = (ROOT / "tests").rglob("test_*.py")
    return any("mark.xvfb" in file.read_text(encoding="utf-8") for file in files)


def set_up(purpose: str) -> str:
    """Make `.venv` fit for a purpose, `run` or `test`, and return its Python.

    When nothing changed since the last time this reads four small files and starts no process.
    """
    python = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
    made = read_stamp()
    # A venv keeps absolute paths, so one that was copied with its folder is of no use.
    here = {"python": sys.version, "place": str(ROOT)}
    if not python.exists() or any(made.get(key) != value for key, value in here.items()):
        say("Setting up .venv ...")
        make_venv()
        made = {}
    wanted = {name: fingerprint(name) for name in ("run", "test")}
    if made.get(purpose) == wanted[purpose]:
        return str(python)
    say("Installing the locked dependencies; this takes some minutes the first time ...")
    STAMP.unlink(missing_ok=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--no-input"]
    lock = ["--require-hashes", "--only-binary=:all:", "-r", str(lock_file(purpose))]
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    for what in (lock, project):
        # A user's setting "always --user" would break an install into a venv.
        if call([*install, *what], env=dict(os.environ, PIP_USER="0")) != 0:
            raise SetUpError(
                "pip could not install; see above. The first set-up needs the network."
            )
    # The tests' lock holds all of the other one (tests/house checks it).
    done = wanted if purpose == "test" else {"run": wanted["run"]}
    STAMP.write_text(json.dumps({**here, **done}, indent=1), encoding="utf-8")
    return str(python)


def read_stamp() -> dict[str, str]:
    """What the last finished set-up noted; empty if it never finished."""
    try:
        noted = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def lock_file(purpose: str) -> Path:
    """The lock of a purpose."""
    return ROOT / "requirements" / (purpose + ".lock")


def fingerprint(purpose: str) -> str:
    """A hash of everything that decides what is installed."""
    files = (lock_file(purpose), ROOT / "pyproject.toml")
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def make_venv() -> None:
    """Make `.venv` anew, whatever was left there."""
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    attempt = subprocess.run(make, capture_output=True, text=True, check=False)
    if attempt.returncode == 0:
        return
    lacking = missing_venv()
    if not lacking:
        raise SetUpError((attempt.stdout + attempt.stderr).strip() + "\nNo venv could be made.")
    # Whoever must ask an administrator asks once, so Qt's libraries are named too.
    provide(lacking if can_apt() else lacking + missing_libraries())
    if call(make) != 0:
        raise SetUpError("Python still cannot make a venv; see above.")


def missing_venv() -> list[str]:
    """Debian's name of the part of Python it leaves out, where it is left out."""
    if LINUX and importlib.util.find_spec("ensurepip") is None:
        return ["python3-venv"]
    return []


def missing_libraries() -> list[str]:
    """Debian's names of the libraries Qt needs and this system lacks; empty off Linux."""
    if not LINUX:
        return []
    packages = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return list(dict.fromkeys(packages))


def provide(packages: list[str]) -> None:
    """Install Debian packages, or end with the line that does."""
    if not packages:
        return
    if not can_apt():
        raise SetUpError("This system lacks some packages. " + apt_advice(packages))
    apt_install(packages)


def can_apt() -> bool:
    """Whether this script may install Debian packages by itself."""
    return LINUX and shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, or end with the line that does."""
    say("Installing system packages: " + " ".join(packages) + " ...")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    quiet = ["apt-get", "-qq"]
    # A failed refresh of one list need not matter; a failed install does.
    call([*quiet, "update"], env=env)
    names = [renamed(package) for package in packages]
    install = [*quiet, "install", "-y", "--no-install-recommends", *names]
    if subprocess.run(install, env=env, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        raise SetUpError("apt-get failed; see above. " + apt_advice(packages))


def apt_advice(packages: list[str]) -> str:
    """The one line that installs what is missing."""
    names = " ".join(renamed(package) for package in packages)
    if shutil.which("apt-get") is None and shutil.which("dnf") is not None:
        return "Run this line once:\n" + FEDORA_LINE
    if shutil.which("apt-get") is None:
        return "Install what your system calls these Debian packages: " + names
    sudo = "" if os.geteuid() == 0 else "sudo "
    return (
        "Run this line once:\n"
        + sudo
        + "apt-get update && "
        + sudo
        + "apt-get install -y --no-install-recommends "
        + names
    )


def renamed(package: str) -> str:
    """A package's name on this system: newer ones add t64 to some."""
    if package != "libglib2.0-0" or shutil.which("apt-cache") is None:
        return package
    newer = package + "t64"
    shown = subprocess.run(["apt-cache", "show", newer], capture_output=True, check=False)
    return newer if shown.returncode == 0 else package


def has_screen(python: str) -> bool:
    """Whether a window can be opened; provides Qt's libraries on the way."""
    if not LINUX:
        return True
    named = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    try:
        provide(missing_libraries())
    except SetUpError as reason:
        if named:
            raise
        # Without a screen the report needs none of these libraries.
        say("To open a window: " + str(reason))
        return False
    if not named:
        return False
    try:
        trial = subprocess.run(
            [python, "-c", TRY_SCREEN], capture_output=True, timeout=30, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return trial.returncode == 0


def call(command: list[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a command with our own streams and return its exit code."""
    code = subprocess.run(command, env=env, cwd=cwd, check=False).returncode
    # A process ended by a signal has a negative code, which sys.exit would make unreadable.
    return code if code >= 0 else 128 - code


def say(text: str) -> None:
    """Print a sentence before whatever a child prints next."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
