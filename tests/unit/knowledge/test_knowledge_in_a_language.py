"""The knowledge in another language, and the translators' files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nmosd_cds import i18n, paths
from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.knowledge.load import load_knowledge, parse_knowledge
from nmosd_cds.knowledge.parsed import Parsed
from nmosd_cds.knowledge.template import merged, template_text
from nmosd_cds.knowledge.texts import ASKED_ABOUT, offered_prose, prose_of, translated

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def shouted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language in which every text stands between guillemets."""
    monkeypatch.setattr(i18n._Shown, "code", "xx")
    monkeypatch.setattr(i18n._Shown, "texts", _Shouting())
    yield


class _Shouting(i18n.gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"«{message}»"


def test_every_text_is_translated_and_nothing_else() -> None:
    parsed = parse_knowledge()
    other = translated(parsed, lambda text: f"«{text}»")
    before = [text for _where, text in prose_of(parsed)]
    after = [text for _where, text in prose_of(other)]
    unlike = {one for one, two in zip(before, after, strict=True) if two != f"«{one}»"}
    assert unlike == {text for text in unlike if text in _asked_about(parsed)}
    assert translated(parsed, lambda text: text).sources == parsed.sources


def _asked_about(parsed: Parsed) -> set[str]:
    return {text for _file, what, text in offered_prose(parsed) if what in ASKED_ABOUT}


@pytest.mark.usefixtures("shouted")
def test_the_knowledge_is_in_the_language_in_use_with_the_hash_of_its_files() -> None:
    other = load_knowledge()
    with i18n.in_language("en"):
        english = load_knowledge()
    assert (english.language, other.language) == ("en", "xx")
    assert english.sha256 == other.sha256
    assert other.options["ahsct"].therapy.name == f"«{english.options['ahsct'].therapy.name}»"
    assert other.conditions == english.conditions


@pytest.mark.usefixtures("shouted")
def test_two_languages_share_their_draws_and_not_their_words() -> None:
    other = load_knowledge()
    with i18n.in_language("en"):
        english = load_knowledge()
        first = arithmetic_of(english)
    second = arithmetic_of(other)
    assert second.criteria[0].label == f"«{first.criteria[0].label}»"
    options = first.rankable
    shares = [each.smaa(options, None, None).first_rank_share for each in (first, second)]
    assert shares[0].tolist() == shares[1].tolist()
    assert first._decisions is second._decisions
    assert arithmetic_of(english) is first


def test_the_template_has_texts_of_program_and_knowledge_and_no_line_numbers() -> None:
    text = template_text(paths.package_folder(), parse_knowledge())
    assert "#: nmosd_cds/report/wording.py\nmsgid" in text
    assert "#. Rule.because\n#: rules/general/rules.yaml\nmsgid" in text
    assert 'msgid_plural "{count} more facts"' in text
    assert "Date" not in text.partition("\n\n")[0]


def test_a_text_inside_an_f_string_is_in_the_template(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    source = (
        "a = f\"{_('within')} {ngettext('{n} day', '{n} days', n)}\"\nb = _(\"one \" \"two\")\n"
    )
    (package / "a.py").write_text(source + "c = _(text)\n", encoding="utf-8")
    text = template_text(package, parse_knowledge())
    assert '#: package/a.py\nmsgid "within"\n' in text
    assert 'msgid "{n} day"\nmsgid_plural "{n} days"\n' in text
    assert 'msgid "one two"\n' in text


def test_a_language_is_brought_up_to_the_template() -> None:
    template = HEADER + '#: a.py\nmsgid "One"\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n\n'
    template += 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    old = HEADER + '# read twice\nmsgid "One"\nmsgstr "一"\n\n'
    old += '#, fuzzy\nmsgid "Two"\nmsgstr "三"\n\n'
    old += 'msgid "Twoo"\nmsgstr "二"\n'
    found = merged(template, old, "zh")
    assert found.missing == ("{n} day",)
    assert found.unsure == ("Two",)
    assert found.dropped == ("Twoo",)
    assert '# read twice\n#: a.py\nmsgid "One"\nmsgstr "一"\n' in found.text
    assert 'msgstr[0] ""\n' in found.text and "msgstr[1]" not in found.text
    assert merged(template, found.text, "zh").text == found.text


def test_a_text_that_only_nearly_fits_loses_its_translation(tmp_path: Path) -> None:
    template = HEADER + 'msgid "Above 30 %."\nmsgstr ""\n'
    old = HEADER + 'msgid "Above 50 %."\nmsgstr "高于50 %。"\n'
    found = merged(template, old, "zh")
    assert found.missing == ("Above 30 %.",) and "50" not in found.text
