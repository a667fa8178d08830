"""Files to and from a case. One module a format; a format that is not listed does not exist."""

from nmosd_cds.exchange.patient_file import CASE_FILE, FileFormat

FORMATS: tuple[FileFormat, ...] = (CASE_FILE,)
