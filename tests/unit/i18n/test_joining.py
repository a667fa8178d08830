"""Chinese as in GB/T 15834-2011 on punctuation: 、 in lists, 。 without a space after it."""

from collections.abc import Iterator

import pytest

from nmosd_cds import i18n
from nmosd_cds.i18n import joining


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chinese joints with no catalogue behind them."""
    monkeypatch.setattr(i18n._Shown, "code", "zh")
    monkeypatch.setattr(i18n._Shown, "texts", _Two())
    yield


class _Two(i18n.gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        said = {"{first} and {last}": "{first}和{last}", "{first} or {last}": "{first}或{last}"}
        return said.get(message, message)


def test_english_joints() -> None:
    assert joining.listed(["a", "b"]) == joining.clauses(["a", "b"]) == "a, b"
    assert joining.parted(["a, b", "c"]) == "a, b; c"
    assert joining.and_list(["a", "b", "c"]) == "a, b and c"
    assert joining.or_list(["a", "b", "c"]) == "a, b or c"
    assert joining.and_list([]) == joining.or_list([]) == ""
    assert joining.led("Age", "41") == "Age: 41"
    assert joining.noted("AHSCT", "project") == "AHSCT (project)"
    assert joining.noted("AHSCT", "") == "AHSCT"
    assert joining.bracketed("project") == "(project)"
    assert joining.beside("3.5", "months", "", "after") == "3.5 months after"
    assert joining.sentences(["One", "Two.", "One", " ", "Three?"]) == "One. Two. Three?"
    assert joining.first_sentence("It is so. Because of that.") == "It is so."
    assert joining.first_sentence("At 5 mg vs. none it holds") == "At 5 mg vs. none it holds."
    assert joining.unended("It is so. ") == "It is so"
    assert joining.capital("wait") == "Wait"


@pytest.mark.parametrize(
    ("label", "within"),
    [("Trial places", "trial places"), ("HBV DNA", "HBV DNA"), ("IgG", "IgG"), ("EDSS", "EDSS"),
     ("B-cell count", "B-cell count"), ("Age", "age"), ("", "")],
)  # fmt: skip
def test_a_label_within_a_sentence_keeps_its_abbreviation(label: str, within: str) -> None:
    assert joining.inside(label) == within


@pytest.mark.usefixtures("chinese")
def test_chinese_joints() -> None:
    assert joining.listed(["甲", "乙"]) == "甲、乙"
    assert joining.clauses(["甲", "乙"]) == "甲，乙"
    assert joining.parted(["甲", "乙"]) == "甲；乙"
    assert joining.and_list(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert joining.or_list(["甲", "乙", "丙"]) == "甲、乙或丙"
    assert joining.led("年龄", "41") == "年龄：41"
    assert joining.noted("AHSCT", "项目") == "AHSCT（项目）"
    assert joining.bracketed("项目") == "（项目）"
    assert joining.sentences(["一", "二。", "三？"]) == "一。二。三？"
    assert joining.unended("就是这样。") == "就是这样"


@pytest.mark.usefixtures("chinese")
def test_chinese_puts_no_space_beside_its_own_signs() -> None:
    assert joining.beside("57", "个月") == "57个月"
    assert joining.beside("5", "mg/kg") == "5 mg/kg"
    assert joining.beside("中位数", "5", "mg") == "中位数5 mg"


@pytest.mark.usefixtures("chinese")
def test_a_first_sentence_ends_at_the_chinese_stop() -> None:
    assert joining.first_sentence("不能判断。因为DNA未知。") == "不能判断。"
    assert joining.first_sentence("作者说“没有。”但是不同意。") == "作者说“没有。”但是不同意。"


@pytest.mark.usefixtures("chinese")
def test_chinese_has_no_capitals_to_change() -> None:
    assert joining.inside("Burt方案") == "Burt方案"
    assert joining.capital("n 12") == "n 12"
