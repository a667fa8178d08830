"""Nothing opens a connection: no module imports the means, and no command tries it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "nmosd_cds").rglob("*.py"))
MEANS = {
    "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
QT_MEANS = {"PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets"}

# Name look-ups count: a name that is looked up has already left the machine.
GUARDED = """
import sys
def refuse(event, _arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request"):
        raise SystemExit("tried to connect: " + event)
sys.addaudithook(refuse)
from nmosd_cds.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_no_means_of_connecting(module: Path) -> None:
    names = set(imported(ast.parse(module.read_text(encoding="utf-8"))))
    assert not {name for name in names if name.split(".")[0] in MEANS}
    assert not names & QT_MEANS


@pytest.mark.parametrize("words", [["--check"], ["examples"], ["rank", "EXAMPLE"]], ids=" ".join)
def test_command_opens_no_connection(words: list[str]) -> None:
    example = str(ROOT / "resources" / "examples" / "b.json")
    words = [example if word == "EXAMPLE" else word for word in words]
    child = subprocess.run(
        [sys.executable, "-c", GUARDED, *words], capture_output=True, text=True, encoding="utf-8"
    )
    assert child.returncode == 0, child.stderr


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module name an import statement could mean."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
