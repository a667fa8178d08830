"""NMOSD-CDS: an offline decision support for cellular therapies in neuromyelitis optica.

Only the version lives here, so that importing the package costs nothing.
"""

__version__ = "0.1.0"
