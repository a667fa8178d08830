"""Strict YAML: plain data in which every value keeps its line, and models read from it.

Scalars stay text until the model asks for something else, so that `1:10` is never 70 and `010`
never 8. Anchors, aliases, tags, merge keys and duplicate keys are refused. Nothing here knows
medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from nmosd_cds.errors import KnowledgeError, Problem, nearest

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 30

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file as plain data.

    Attributes:
        name: Path shown to people, relative to the knowledge root, with forward slashes.
        data: Mappings, lists and text; None for an empty or `null` scalar.
        lines: Line (from 1) of every value, by its place in the data.
    """

    name: str
    data: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def where(self, place: Place = ()) -> str:
        """`file:line` of a place, or of its nearest known ancestor."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return f"{self.name}:{self.lines[place[:end]]}"
        return self.name


def read_yaml(path: Path, name: str | None = None) -> Document:
    """Read one strict YAML file.

    Args:
        path: The file.
        name: How messages call it; the path itself if None.

    Raises:
        KnowledgeError: the file cannot be read, is too large, or is not strict YAML.
    """
    shown = name or path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([Problem(shown, f"cannot be read ({error.strerror}).")]) from error
    return read_yaml_text(raw, shown)


def read_yaml_text(raw: bytes, name: str) -> Document:
    """Read strict YAML from bytes; see `read_yaml`."""
    if len(raw) > MAXIMUM_BYTES:
        raise KnowledgeError([Problem(name, "is larger than 1 MB.", "Split the file.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise KnowledgeError([Problem(f"{name}:{line}", "is not UTF-8 text.")]) from error
    builder = _Builder(name)
    try:
        data = builder.read(_events(text, name))
    except _Stop:
        data = None
    if builder.problems:
        raise KnowledgeError(builder.problems)
    return Document(name, data, builder.lines)


def _events(text: str, name: str) -> Iterator[Any]:
    # ruamel is slow to import and a start from the derived form never needs it. Its events, and
    # not its nodes: they say which tags were written, and come before the whole file is read, so
    # that neither deep nesting nor an alias has cost anything when it is refused.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise KnowledgeError([Problem(where, f"is not valid YAML: {error.problem}.")]) from error
    except YAMLError as error:
        said = str(error).splitlines()[0]
        raise KnowledgeError([Problem(name, f"is not valid YAML: {said}.")]) from error
    except (ValueError, OverflowError) as error:
        # An escape past the last sign there is, such as \U0FFFFFFF.
        what = "is not valid YAML: it names a sign that does not exist."
        raise KnowledgeError([Problem(name, what)]) from error


class _Stop(Exception):  # noqa: N818  # not an error: what was refused stands in the problems
    """Reading on makes no sense after what was refused."""


class _Builder:
    """Turns events into plain data, collecting every problem on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def read(self, events: Iterator[Any]) -> Any:
        """The first document of the stream; a second one is refused."""
        data = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._refuse(event, "holds a second document.", "Keep one document a file.")
                    raise _Stop
                if event.version or event.tags:
                    self._refuse(event, "uses a `%` directive, which is refused.")
            elif kind not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
                data = self._value(event, events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        self.lines[place] = event.start_mark.line + 1
        kind = type(event).__name__
        if kind == "AliasEvent" or event.anchor:
            self._refuse(event, "uses an anchor or alias, which is refused.", "Write it out.")
            if kind == "AliasEvent":
                return None
        if event.tag:
            self._refuse(event, f"uses the tag `{event.tag}`, which is refused.")
        if kind == "ScalarEvent":
            self._refuse_hidden_signs(event)
            is_null = event.style is None and event.value in ("", "null", "~")
            return None if is_null else str(event.value)
        if len(place) >= MAXIMUM_DEPTH:
            self._refuse(event, f"is nested more than {MAXIMUM_DEPTH} deep.")
            raise _Stop
        if kind == "SequenceStartEvent":
            return self._list(events, place)
        return self._mapping(events, place)

    def _list(self, events: Iterator[Any], place: Place) -> list[Any]:
        data: list[Any] = []
        while type(event := next(events)).__name__ != "SequenceEndEvent":
            data.append(self._value(event, events, (*place, len(data))))
        return data

    def _mapping(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            key = self._key(event, events, place)
            inside = (*place, key)
            known = self.lines.get(inside)
            value = self._value(next(events), events, inside)
            if key in data:
                self._refuse(event, f"`{key}` stands twice.", "Keep one of the two.")
                assert known is not None
                self.lines[inside] = known
                continue
            data[key] = value
            self.lines[inside] = event.start_mark.line + 1
        return data

    def _key(self, event: Any, events: Iterator[Any], place: Place) -> str:
        if type(event).__name__ != "ScalarEvent":
            self._refuse(event, "uses a key that is not a word, which is refused.")
            raise _Stop
        if event.value == "<<" and event.style is None:
            self._refuse(event, "uses a merge key, which is refused.", "Write it out.")
        if event.anchor or event.tag:
            self._refuse(event, "uses an anchor or tag on a key, which is refused.")
        self._refuse_hidden_signs(event)
        return str(event.value)

    def _refuse_hidden_signs(self, event: Any) -> None:
        found = _HIDDEN.search(event.value)
        if found is not None:
            sign = f"U+{ord(found[0]):04X}"
            self._refuse(event, f"holds the sign {sign}, which cannot be seen.", "Leave it out.")

    def _refuse(self, event: Any, what: str, hint: str = "") -> None:
        where = f"{self.name}:{event.start_mark.line + 1}"
        self.problems.append(Problem(where, what, hint))


# What a terminal obeys, what turns the direction of a line, and half signs, which no hash can hold.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)


def _decimal(value: Any) -> Any:
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"`{value}` is not a number such as `12`, `-0.5` or `46.9`")
        return Decimal(value)
    return value


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        if value in ("true", "false"):
            return value == "true"
        raise ValueError(f"`{value}` is neither `true` nor `false`")
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value):
            raise ValueError(f"`{value}` is not a whole number")
        return int(value)
    return value


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_boolean)]
# Where `none` is one of the words to choose from, it is said back (see `FileModel`).
SAY_NONE = BeforeValidator(lambda value: "none" if value is None else value)
# One word, or a list of words.
Words = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class ProseMark:
    """Marks a text that a person reads, so that the template builder offers it to translators."""


Prose = Annotated[str, ProseMark()]


class FileModel(BaseModel):
    """Base of everything read from a knowledge file: frozen, closed, `none` reads as None."""

    # Deferred: a model inside another never needs a validator of its own, so it never builds one.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _none_is_none(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: None if value == "none" else value for key, value in data.items()}
        return data


Model = TypeVar("Model", bound=BaseModel)


def parse(
    document: Document, model: type[Model], place: Place = ()
) -> tuple[Model | None, list[Problem]]:
    """Read a model from a place in a document.

    Returns:
        The model, or None with a Problem (file:line) for everything wrong with it.
    """
    data = document.data
    for step in place:
        data = data[step]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(document, place, model, item) for item in error.errors()]


def _problem(document: Document, place: Place, model: type[BaseModel], item: Any) -> Problem:
    location: Place = tuple(item["loc"])
    where = document.where((*place, *location))
    name = next((str(step) for step in reversed(location) if isinstance(step, str)), "the file")
    if item["type"] == "extra_forbidden":
        close = nearest(name, list(model.model_fields)) if len(location) == 1 else None
        hint = f"Did you mean `{close}`?" if close else ""
        return Problem(where, f"`{name}` is not known here.", hint)
    if item["type"] == "missing":
        return Problem(where, f"`{name}` is missing.")
    message = str(item["msg"]).removeprefix("Value error, ")
    return Problem(where, f"`{name}`: {message}.")
