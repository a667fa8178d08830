"""A command pays for the heavy libraries it uses, and for no other."""

import subprocess
import sys

HEAVY = ("PySide6", "pandas", "numpy", "reportlab", "ruamel", "babel", "pypdfium2")


def test_the_command_line_imports_no_heavy_library() -> None:
    code = f"import sys, nmosd_cds.cli; print([n for n in {HEAVY!r} if n in sys.modules])"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (child.returncode, child.stdout.strip()) == (0, "[]"), child.stderr
