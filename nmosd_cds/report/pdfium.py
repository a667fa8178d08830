"""PDFium reads one document at a time: whoever uses it holds this lock meanwhile.

It keeps state of its own between calls, and two threads in it at once can end the program.
"""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
