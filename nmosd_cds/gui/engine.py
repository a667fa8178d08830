"""The floors below, as the window uses them: knowledge read once, advice, report. No Qt.

Everything heavy is imported inside, so that a window can be on the screen before it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

from nmosd_cds.i18n import in_language, language

if TYPE_CHECKING:
    from datetime import date

    from nmosd_cds.advice.model import Advice, WeightRange
    from nmosd_cds.evidence.study import Source
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.patient.case import Case, PreferenceSet

Ask = Callable[["Case", "Knowledge", "date"], "Advice"]


def _advise(case: Case, knowledge: Knowledge, on: date) -> Advice:
    from nmosd_cds.advice.advise import advise

    return advise(case, knowledge, on=on)


class Engine:
    """Asked from the worker threads; the knowledge is read by whoever asks first in a language."""

    def __init__(self, ask: Ask = _advise) -> None:
        self._ask = ask
        self._lock = Lock()
        self._has_tables = False
        self._read: dict[str, Knowledge] = {}

    @property
    def knowledge_or_none(self) -> Knowledge | None:
        """The knowledge in the language in use; None until it was read."""
        return self._read.get(language())

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its citation key; none until the knowledge was read."""
        return {} if self.knowledge_or_none is None else self.knowledge_or_none.sources

    def knowledge(self) -> Knowledge:
        """The knowledge in the language in use, read on the first call.

        Raises:
            KnowledgeError: the files are not fit to be used.
        """
        with self._lock:
            if language() not in self._read:
                from nmosd_cds.knowledge.load import load_knowledge

                self._read[language()] = load_knowledge()
            return self._read[language()]

    def advise(self, case: Case, on: date) -> Advice:
        """The advice for a case on a day, in the language in use."""
        knowledge = self.knowledge()
        if self._has_tables:
            return self._ask(case, knowledge, on)
        from nmosd_cds.knowledge.tables import remembered_tables

        with remembered_tables(knowledge):
            advice = self._ask(case, knowledge, on)
        self._has_tables = True
        # What the first advice imported and drew stays too: see `knowledge.load`.
        gc.freeze()
        return advice

    def preview(
        self, options: tuple[str, ...], preference: PreferenceSet | None
    ) -> Mapping[str, float]:
        """Shares of first ranks, quick enough for every step of a weight that is dragged.

        Args:
            options: Those an advice ranked by score; its knowledge is read by then.
        """
        from nmosd_cds.advice.arithmetic import arithmetic_of

        return arithmetic_of(self.knowledge()).preview(options, preference)

    def weights_of(self, preference: PreferenceSet | None) -> tuple[WeightRange, ...]:
        """How much each criterion then counts."""
        from nmosd_cds.advice.arithmetic import arithmetic_of

        return arithmetic_of(self.knowledge()).weights_of(preference)

    def make_pdf(self, case: Case, advice: Advice, code: str = "") -> bytes:
        """The report as it will be saved and printed.

        Args:
            advice: In the language in use.
            code: Language of the report; empty: the one in use. In another the case is advised
                again, because an advice holds sentences.
        """
        from nmosd_cds.report.pdf import make_pdf

        shown = language()
        with in_language(code or shown) as used:
            if used != shown:
                advice = self.advise(case, advice.as_of)
            return make_pdf(case, advice, self.knowledge(), language=used)
