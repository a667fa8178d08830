from nmosd_cds.report.columns import columns_of, padded, wrapped


def test_a_chinese_sign_takes_two_columns() -> None:
    assert columns_of("AHSCT 疗法") == 10
    assert padded("疗法", 6) == "疗法  "
    assert padded("long", 2) == "long"


def test_english_is_wrapped_as_ever() -> None:
    assert wrapped("one two three", 9, first="- ", other="  ") == ["- one two", "  three"]


def test_chinese_is_broken_between_its_signs_and_no_line_begins_with_a_stop() -> None:
    lines = wrapped("不能判断，因为DNA未知。", 8)
    assert lines == ["不能判", "断，因为", "DNA未", "知。"]
    assert all(columns_of(line) <= 8 for line in lines)


def test_an_abbreviation_is_not_broken() -> None:
    assert wrapped("抗体IL-6R关闭", 10) == ["抗体IL-6R", "关闭"]


def test_an_opening_bracket_goes_with_what_it_opens() -> None:
    assert wrapped("排名一（并列）", 8) == ["排名一", "（并列）"]


def test_lines_after_the_first_hang() -> None:
    assert wrapped("甲乙丙丁", 6, first="- ", other="  ") == ["- 甲乙", "  丙丁"]
    assert wrapped("", 6) == []
