"""Strict YAML: text stays text, every value keeps its line, and clever YAML is refused."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import pytest

from nmosd_cds.errors import KnowledgeError
from nmosd_cds.strict_yaml import (
    MAXIMUM_BYTES,
    SAY_NONE,
    Document,
    FileModel,
    Flag,
    Number,
    Whole,
    Words,
    parse,
    read_yaml,
    read_yaml_text,
)


def read(text: str) -> Document:
    return read_yaml_text(text.encode(), "f.yaml")


def refusals(raw: bytes | str) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        read_yaml_text(raw if isinstance(raw, bytes) else raw.encode(), "f.yaml")
    return [problem.sentence for problem in caught.value.problems]


@pytest.mark.parametrize(
    "scalar",
    ["1:10", "NO", "no", "yes", "on", "010", "0x1f", "1e3", "2024-03-01", "1_000", "true", ".5"],
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    assert read(f"a: {scalar}\n").data == {"a": scalar}


@pytest.mark.parametrize("scalar", ["", "null", "~"])
def test_only_an_empty_or_null_plain_scalar_is_none(scalar: str) -> None:
    assert read(f"a: {scalar}\n").data == {"a": None}


def test_a_quoted_null_is_text() -> None:
    assert read("a: 'null'\nb: ''\n").data == {"a": "null", "b": ""}


def test_an_empty_file_is_none() -> None:
    assert read("# nothing\n").data is None


def test_a_value_keeps_the_line_of_its_key() -> None:
    document = read("a:\n  - b: 1\n    c:\n      - 2\n")
    assert document.where(("a", 0, "c")) == "f.yaml:3"
    assert document.where(("a", 0, "c", 0)) == "f.yaml:4"
    assert document.where(("a", 0, "not there")) == "f.yaml:2"
    assert Document("f.yaml", {}).where(("a",)) == "f.yaml"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &x 1\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("&x a: 1\n", 1, "anchor or tag on a key"),
        ("a: !!str 1\n", 1, "the tag `tag:yaml.org,2002:str`"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: ! 1\n", 1, "tag"),
        ("a: !!set {b: 1}\n", 1, "tag"),
        ("a: {<<: {b: 1}}\n", 1, "merge key"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` stands twice"),
        ("? [a, b]\n: 1\n", 1, "key that is not a word"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("%YAML 1.1\n---\na: 1\n", 2, "directive"),
        ("a: [1\n", 2, "not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("a: b: c\n", 1, "not valid YAML"),
    ],
)
def test_what_is_clever_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    said = refusals(text)
    assert any(one.startswith(f"f.yaml:{line}: ") and what in one for one in said), said


def test_a_merge_key_in_quotes_is_a_word() -> None:
    assert read("'<<': 1\n").data == {"<<": "1"}


def test_every_refusal_is_told_at_once() -> None:
    assert len(refusals("a: &x 1\nb: !!str 2\nc: 3\nc: 4\n")) == 3


def test_the_first_of_two_equal_keys_keeps_its_line() -> None:
    assert refusals("a: 1\n\na: 2\n") == ["f.yaml:3: `a` stands twice. Keep one of the two."]


def test_a_billion_laughs_cost_nothing() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert all("anchor or alias" in one for one in refusals("\n".join(lines)))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["[" * 20_000, "- " * 20_000 + "x", "{a: " * 20_000])
def test_deep_nesting_is_refused_before_it_costs_anything(text: str) -> None:
    assert any("nested more than 30 deep" in one for one in refusals(text))


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    document = read_yaml_text(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n", "f.yaml")
    assert document.data == {"a": "1", "b": "x\ny\n"}
    assert document.where(("b",)) == "f.yaml:2"


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    assert refusals(b"a: 1\nb: \xff\n") == ["f.yaml:2: is not UTF-8 text."]


def test_a_control_sign_is_refused() -> None:
    assert "not valid YAML" in refusals("a: \x07\n")[0]


def test_a_huge_file_is_refused() -> None:
    assert "larger than 1 MB" in refusals(b"#" * (MAXIMUM_BYTES + 1))[0]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"x.yaml: cannot be read \(No such file"):
        read_yaml(tmp_path / "x.yaml", "x.yaml")


def test_a_file_is_read_by_the_name_people_know(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"a: 1\n")
    assert read_yaml(tmp_path / "x.yaml", "rules/x.yaml").where(("a",)) == "rules/x.yaml:1"


class Inner(FileModel):
    number: Number | None = None
    whole: Whole | None = None
    flag: Flag = False
    words: Words = ()
    level: Literal["none", "low"] | None = None


class Outer(FileModel):
    id: str
    inner: Inner = Inner()


class Said(FileModel):
    level: Annotated[Literal["none", "low"], SAY_NONE]


def problems(text: str, model: type[FileModel] = Outer) -> list[str]:
    return [problem.sentence for problem in parse(read(text), model)[1]]


def test_a_model_asks_for_numbers_and_gets_them() -> None:
    outer, found = parse(
        read("id: x\ninner: {number: 0.40, whole: -3, flag: true, words: a, level: none}\n"), Outer
    )
    assert not found
    assert outer == Outer(
        id="x", inner=Inner(number=Decimal("0.40"), whole=-3, flag=True, words=("a",))
    )


def test_none_is_said_back_where_it_is_a_word() -> None:
    assert parse(read("level: none\n"), Said)[0] == Said(level="none")


def test_a_place_within_the_document_is_read() -> None:
    assert parse(read("- id: a\n- id: b\n"), Outer, (1,))[0] == Outer(id="b")


@pytest.mark.parametrize(
    "number", ["nan", "inf", "1e5", "1_000", "0x10", "010", "1:10", "+1", "٣", "1.", " ", "9" * 16]
)
def test_what_only_python_takes_for_a_number_is_refused(number: str) -> None:
    assert any(
        "is not a number" in one for one in problems(f"id: x\ninner: {{number: '{number}'}}")
    )
    assert any("is not a whole" in one for one in problems(f"id: x\ninner: {{whole: '{number}'}}"))


@pytest.mark.parametrize("flag", ["yes", "True", "on", "1"])
def test_only_true_and_false_are_flags(flag: str) -> None:
    assert any("neither `true` nor" in one for one in problems(f"id: x\ninner: {{flag: {flag}}}"))


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    said = problems("id: x\niner: {}\n")
    assert said == ["f.yaml:2: `iner` is not known here. Did you mean `inner`?"]


def test_a_strange_key_has_no_nearest() -> None:
    assert problems("id: x\nzzz: 1\n") == ["f.yaml:2: `zzz` is not known here."]
    assert problems("id: x\ninner: {numbr: 1}\n") == ["f.yaml:2: `numbr` is not known here."]


def test_a_missing_key_is_told() -> None:
    assert problems("inner: {}\n") == ["f.yaml:1: `id` is missing."]


def test_a_file_that_is_no_mapping_is_told() -> None:
    assert problems("- 1\n")[0].startswith("f.yaml:1: `the file`: ")


def test_an_escape_past_the_last_sign_is_refused() -> None:
    assert refusals('a: "\\U0FFFFFFF"\n') == [
        "f.yaml: is not valid YAML: it names a sign that does not exist."
    ]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ('a: "x\\ud800"\n', "U+D800"),
        ('"\\udfff": a\n', "U+DFFF"),
        ('a: "\\e[31m"\n', "U+001B"),
        ('a: "x\\0"\n', "U+0000"),
        ('a: "\\u202ex"\n', "U+202E"),
    ],
)
def test_a_sign_that_cannot_be_seen_is_refused(text: str, sign: str) -> None:
    said = f"f.yaml:1: holds the sign {sign}, which cannot be seen. Leave it out."
    assert refusals(text) == [said]
