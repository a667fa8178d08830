"""What was read: every publication, and where it went or why it did not."""

from __future__ import annotations

from nmosd_cds.strict_yaml import FileModel, Prose


class ReadEntry(FileModel):
    """One publication, register entry or label that somebody read. Exactly one of the two is set.

    Attributes:
        id: How the reader called it; often, not always, the id of the file it became.
        file: Id of the evidence file that holds it. One file may hold several readings.
        left_out: Why it is in no file, in one sentence; also that a search found nothing.
    """

    id: str
    file: str | None = None
    left_out: Prose | None = None
