"""Words and signs that laboratories and clinicians write for answers, units and comparators.

Project wording: collected from common prints in English and Chinese, not from a standard. A word
is here only if it has one meaning; those with two (`nd`, `n/a`) have tables of their own and ask.
"""

from __future__ import annotations

NOT_DONE, UNAVAILABLE, UNKNOWN = "not done", "unavailable", "unknown"

STATES: dict[str, tuple[str, ...]] = {
    NOT_DONE: (
        "not done", "not-done", "not tested", "not checked", "not measured", "not performed",
        "untested", "未做", "没做", "未查", "未检", "未检查", "未测", "未检测", "未行", "未送检",
    ),
    UNAVAILABLE: (
        "unavailable", "not available", "result unavailable", "no result", "pending", "awaited",
        "sample lost", "无结果", "结果未出", "未出结果", "未回报", "待回报", "结果不可用",
        "标本丢失",
    ),
    UNKNOWN: (
        "unknown", "not known", "unk", "?", "不详", "未知", "不明", "不清楚", "不知道",
    ),
}  # fmt: skip

# A stroke somebody types as an answer is negative; one that stands in a print may be "no result".
STROKES = frozenset({"-", "--", "---", "–", "—", "——", "―"})
# "Not detected" or "not done"; "not available", "not applicable" or "not asked".
NOT_DONE_OR_DETECTED = frozenset({"nd", "n.d", "n.d.", "n/d"})
NOT_AVAILABLE_OR_DONE = frozenset({"na", "n.a", "n.a.", "n/a"})

# By option id, wherever a field has that option.
CHOICES: dict[str, tuple[str, ...]] = {
    "positive": ("positive", "pos", "pos.", "+", "阳性", "阳"),
    "negative": ("negative", "neg", "neg.", "-", "阴性", "阴"),
    "detectable": ("detectable", "detected", "positive", "pos", "+", "检出", "可检出", "阳性"),
    "undetectable": (
        "undetectable", "undetected", "not detected", "not detectable", "target not detected",
        "negative", "neg", "-", "未检出", "未检测到", "阴性",
    ),
    "none": ("none", "no", "无", "没有", "否"),
    "never": ("never", "no", "从未", "无"),
    "female": ("female", "woman", "f", "女", "女性"),
    "male": ("male", "man", "m", "男", "男性"),
    "normal": ("normal", "正常"),
    "absent": ("absent", "无", "未检出"),
    "present": ("present", "有", "检出"),
    "complete": ("complete", "completed", "完成", "已完成"),
    "active": ("active", "活动", "活动期"),
    "inactive": ("inactive", "非活动", "静止"),
    "cell-based": (
        "cba", "live cba", "fixed cba", "cell-based", "cell based", "cell", "细胞法", "cba法",
        "转染细胞法", "细胞转染法", "基于细胞的检测",
    ),
    "elisa": ("elisa", "elisa法", "酶联免疫", "酶联免疫法"),
    "tissue-based": ("tba", "tissue", "tissue-based", "tissue based", "组织法", "组织底物法"),
}  # fmt: skip
# Neither one nor the other: never read as either.
BETWEEN = frozenset({
    "+-", "+/-", "-/+", "±", "weak", "weakly positive", "weak positive", "borderline",
    "equivocal", "indeterminate", "grey zone", "gray zone", "弱阳性", "可疑", "临界", "不确定",
})  # fmt: skip

# Not the bare signs: beside a question, a stroke can stand for "left open".
YES = frozenset({"yes", "y", "true", "是", "有", "对", "positive", "pos", "阳性"})
NO = frozenset({"no", "n", "false", "否", "无", "没有", "不是", "negative", "neg", "阴性"})

COMPARATORS: dict[str, tuple[str, ...]] = {
    "<=": (
        "<=", "=<", "≤", "⩽", "≦", "小于等于", "小于或等于", "不超过", "不大于", "不高于", "至多",
        "at most", "up to", "no more than", "not more than",
    ),
    ">=": (
        ">=", "=>", "≥", "⩾", "≧", "大于等于", "大于或等于", "不少于", "不小于", "不低于", "至少",
        "at least", "no less than", "not less than",
    ),
    "<": ("<", "﹤", "〈", "小于", "低于", "少于", "less than", "under", "below"),
    ">": (">", "﹥", "〉", "大于", "高于", "多于", "超过", "more than", "greater than", "over",
        "above"),
}  # fmt: skip
ABOUT = ("~", "≈", "ca.", "ca", "circa", "about", "approx", "approximately", "约", "大约", "左右")

# A unit as it is written, without blanks and in lower case, and the unit it is.
UNITS: dict[str, tuple[str, ...]] = {
    "g/L": ("克/升", "g/升", "克每升", "gm/l"),
    "g/dL": ("克/分升", "gm/dl", "g%"),
    "mg/dL": ("毫克/分升", "mg/分升", "mg%"),
    "mg/L": ("毫克/升", "mg/升"),
    "umol/L": ("微摩尔/升", "微摩/升", "umol/升", "μmol/升", "micromol/l"),
    "ng/mL": ("纳克/毫升", "ng/毫升"),
    "ug/L": ("微克/升", "ug/升"),
    "mL/min": ("毫升/分", "毫升/分钟", "ml/分", "ml/分钟", "ml/min."),
    "10^9/L": (
        "*10^9/l", "*10e9/l", "e9/l", "10^9", "x10^9", "*10^9", "/nl", "tsd/ul", "10**9/l",
        "10^9/升", "*10^9/升", "10^9cells/l", "giga/l", "gpt/l",
    ),
    "/uL": ("个/ul", "cells/mm3", "cells/mm^3", "/mcl", "个/微升", "/微升"),
    "kg": ("公斤", "千克", "kgs", "kilogram", "kilograms"),
    "cm": ("厘米", "公分", "centimetre", "centimetres"),
    "years": ("岁", "周岁", "yrs", "yr", "yo", "y/o", "yearsold"),
    "mg/day": ("mg/d", "mg/天", "mg/日", "毫克/天", "毫克/日", "mgdaily", "mgqd", "mgaday"),
    "ms": ("毫秒", "msec"),
    "% predicted": ("%", "%pred", "%pred.", "%预计值", "%预测值", "%predicted"),
    "x ULN": ("uln", "xuln", "*uln", "倍", "倍上限", "倍uln", "timesuln", "timesupperlimit"),
    "decimal": ("dec", "小数", "小数视力"),
    "logMAR": ("log", "logmar单位"),
}  # fmt: skip
# What is left of 10⁹ where a print loses its exponents.
LOST_EXPONENT = {"x109/l": "10^9/L", "*109/l": "10^9/L", "109/l": "10^9/L"}
