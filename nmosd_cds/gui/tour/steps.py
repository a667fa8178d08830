"""What the guided tour says, step by step, and what has to happen for the next one. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nmosd_cds.i18n import N_

# The bundled case the tour goes through, what it does not know, and the answer the tour gives.
EXAMPLE, ASKED, ANSWER = "j", "hbv_dna", "undetectable"
Event = Literal["pane", "question", "answer", "opened", "study", "compare", "report", "own"]


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        keys: Which keys do it; `{field}` and `{answer}` are filled in.
        event: What the person does to get further.
        short: Stands for the words where they are large and would take the room of the work.
    """

    title: str
    words: str
    keys: str
    event: Event
    short: str = ""


STEPS = (
    Step(
        N_("Who this is about"),
        N_(
            "The banner names the person and never moves. This one does not exist. On the left "
            "is the form, on the right the answer; it follows every change."
        ),
        N_("F6 goes from one part of the window to the next."),
        "pane",
    ),
    Step(
        N_("A missing fact asks its question"),
        N_(
            "A blank is never read as no. Beside Ask next stand the facts that settle most: "
            "here {field} was not done, so most options cannot be told yet."
        ),
        N_("F7 goes to the next fact that matters, or press its button."),
        "question",
    ),
    Step(
        N_("Answer it"),
        N_("Suppose the result has come: {answer}. Keep an eye on the right side."),
        N_("Ctrl+2 takes the second answer: {answer}. It can be typed as well."),
        "answer",
    ),
    Step(
        N_("The answer has changed; see why"),
        N_(
            "Before: {before} Now: {after} Every option says why it is possible, barred or "
            "not told yet."
        ),
        N_("F6 to the result, Tab to a line with an arrow, Enter opens it."),
        "opened",
        N_("The first sentence of the result is another now. Every option says why."),
    ),
    Step(
        N_("Look behind a number"),
        N_(
            "Every figure names its study. The sheet says who was studied, how many, and how "
            "the number is known."
        ),
        N_("Tab to the key of a study, such as burt-2019, and Enter. Or Ctrl+F, its name, Enter."),
        "study",
    ),
    Step(
        N_("Compare"),
        N_(
            "Options side by side, criterion by criterion. What nobody reported stands there as "
            "not reported."
        ),
        N_("Alt+2 opens the second tab; Ctrl+Tab goes through all of them."),
        "compare",
    ),
    Step(
        N_("The page for the notes"),
        N_(
            "The report as it will be printed and saved: the same page, with the case inside it, "
            "so that it can be worked out again years later."
        ),
        N_("Alt+9 opens the report. Ctrl+P prints it, Ctrl+Shift+P saves it."),
        "report",
    ),
    Step(
        N_("Begin your own case"),
        N_(
            "That was all. What you changed in the example is not kept. The list of keys is "
            "under Ctrl+F1, help on a field under F1."
        ),
        N_("Ctrl+N begins an empty case."),
        "own",
    ),
)
