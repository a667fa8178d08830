"""The window: shows and asks, decides nothing. The only place, with `app`, that knows Qt."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 forgets to count the None it returns, and Python 3.11 dies once the count is
    # used up, after a few thousand calls. From 3.12 on None is never counted. A head start of
    # 2**40 outlasts any session.
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40
