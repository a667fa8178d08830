"""Names that laboratory prints in English and Chinese give to fields of the model.

Project wording: common names only, collected for reading a pasted print; no standard code stands
behind them, and no clinician has reviewed them. A name is here only if it means the field itself:
eGFR is not a clearance, direct bilirubin is not bilirubin, a percentage is not a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nmosd_cds.patient.wording import folded

NAMES: Mapping[str, tuple[str, ...]] = {
    "weight": ("weight", "body weight", "体重"),
    "height": ("height", "身高"),
    "aqp4_igg": (
        "AQP4-IgG", "AQP4 IgG", "AQP4", "AQP4-Ab", "anti-AQP4", "aquaporin-4 antibody",
        "aquaporin-4 IgG", "NMO-IgG", "AQP4抗体", "水通道蛋白4抗体", "抗水通道蛋白4抗体",
    ),
    "mog_igg": (
        "MOG-IgG", "MOG IgG", "MOG", "MOG-Ab", "anti-MOG", "MOG antibody", "MOG抗体", "抗MOG抗体",
        "髓鞘少突胶质细胞糖蛋白抗体",
    ),
    "oligoclonal_bands": ("oligoclonal bands", "OCB", "CSF OCB", "寡克隆区带", "寡克隆带"),
    "hbsag": ("HBsAg", "hepatitis B surface antigen", "乙肝表面抗原", "乙型肝炎表面抗原"),
    "anti_hbc": (
        "anti-HBc", "HBcAb", "anti-HBc total", "hepatitis B core antibody", "乙肝核心抗体",
        "乙型肝炎核心抗体",
    ),
    "anti_hbs": (
        "anti-HBs", "HBsAb", "hepatitis B surface antibody", "乙肝表面抗体", "乙型肝炎表面抗体",
    ),
    "hbv_dna": ("HBV DNA", "HBV-DNA", "hepatitis B DNA", "乙肝病毒DNA", "乙肝DNA", "HBV-DNA定量"),
    "hepatitis_c": (
        "anti-HCV", "HCV antibody", "HCV-Ab", "hepatitis C antibody", "丙肝抗体", "丙型肝炎抗体",
    ),
    "hiv": ("HIV", "HIV Ag/Ab", "anti-HIV", "HIV 1/2", "HIV抗体", "艾滋病抗体", "HIV抗原抗体"),
    "tuberculosis": (
        "IGRA", "QuantiFERON", "T-SPOT", "T-SPOT.TB", "QuantiFERON-TB", "结核感染T细胞检测",
        "结核菌素γ干扰素释放试验", "γ干扰素释放试验",
    ),
    "syphilis": ("TPPA", "TPHA", "Treponema pallidum antibody", "梅毒螺旋体抗体", "梅毒特异性抗体"),
    "sars_cov_2": ("SARS-CoV-2 PCR", "COVID-19 PCR", "新冠病毒核酸", "新型冠状病毒核酸"),
    "haemoglobin": ("haemoglobin", "hemoglobin", "Hb", "HGB", "血红蛋白", "血红蛋白浓度"),
    "white_cells": (
        "white cells", "white blood cells", "WBC", "leukocytes", "leucocytes", "白细胞",
        "白细胞计数", "白细胞数",
    ),
    "neutrophils": (
        "neutrophils", "neutrophil count", "ANC", "NEUT#", "NEU#", "absolute neutrophil count",
        "中性粒细胞", "中性粒细胞绝对值", "中性粒细胞计数", "中性粒细胞数",
    ),
    "lymphocytes": (
        "lymphocytes", "lymphocyte count", "ALC", "LYMPH#", "LYM#", "淋巴细胞", "淋巴细胞绝对值",
        "淋巴细胞计数", "淋巴细胞数",
    ),
    "platelets": ("platelets", "platelet count", "PLT", "血小板", "血小板计数", "血小板数"),
    "igg": ("IgG", "immunoglobulin G", "serum IgG", "免疫球蛋白G", "免疫球蛋白 G", "血清IgG"),
    "crp": ("CRP", "C-reactive protein", "hs-CRP", "hsCRP", "C反应蛋白", "超敏C反应蛋白"),
    "ferritin": ("ferritin", "serum ferritin", "铁蛋白", "血清铁蛋白"),
    "aminotransferases": (
        "ALT", "AST", "GPT", "GOT", "ALAT", "ASAT", "谷丙转氨酶", "谷草转氨酶", "丙氨酸氨基转移酶",
        "天门冬氨酸氨基转移酶",
    ),
    "bilirubin": ("bilirubin", "total bilirubin", "TBIL", "T-BIL", "总胆红素"),
    "creatinine": ("creatinine", "serum creatinine", "CREA", "Cr", "SCr", "肌酐", "血肌酐"),
    "creatinine_clearance": (
        "creatinine clearance", "CrCl", "CCr", "肌酐清除率", "内生肌酐清除率",
    ),
    "g6pd": ("G6PD", "G-6-PD", "葡萄糖-6-磷酸脱氢酶"),
    "antiphospholipid": ("antiphospholipid antibodies", "抗磷脂抗体"),
    "lvef": ("LVEF", "EF", "ejection fraction", "射血分数", "左室射血分数"),
    "qtc": ("QTc", "QTc interval", "QTc间期"),
    "dlco": ("DLCO", "DLCO corrected", "TLCO", "弥散功能"),
    "fvc": ("FVC", "forced vital capacity", "用力肺活量"),
    "fev1": ("FEV1", "第一秒用力呼气容积"),
    "spo2": ("SpO2", "oxygen saturation", "血氧饱和度"),
    "pregnant": ("pregnancy test", "hCG qualitative", "妊娠试验", "尿妊娠试验"),
}  # fmt: skip

# Near names that mean something else; without them a longer name would be cut to a shorter one.
OTHERS: tuple[str, ...] = (
    "eGFR", "HBeAg", "HBeAb", "anti-HBe", "anti-HBc IgM", "HBcAb-IgM", "乙肝e抗原", "乙肝e抗体",
    "乙肝核心抗体IgM", "direct bilirubin", "indirect bilirubin", "DBIL", "IBIL", "直接胆红素",
    "间接胆红素", "NEUT%", "LYMPH%", "中性粒细胞百分比", "淋巴细胞百分比", "IgG1", "IgG2", "IgG3",
    "IgG4", "IgG index", "CSF IgG", "脑脊液IgG", "urine creatinine", "尿肌酐", "HbA1c",
    "糖化血红蛋白", "MPV", "mean platelet volume", "平均血小板体积", "血小板压积",
    "血小板分布宽度", "平均血红蛋白量", "平均血红蛋白浓度", "RPR", "CSF AQP4-IgG", "HCV RNA",
    "丙肝病毒RNA", "FEV1/FVC", "一秒率", "nucleated red cells", "reticulocytes", "transferrin",
    "转铁蛋白", "lymphocyte subsets", "TRUST", "HIV RNA", "HIV病毒载量",
)  # fmt: skip


def key_of(name: str) -> str:
    """A name without the differences of spelling that mean nothing."""
    kept = (sign for sign in folded(name).casefold() if sign.isalnum() or sign in "#%/")
    return "".join(kept)


@cache
def keys() -> Mapping[str, str]:
    """The field of every name, by its key; empty for a name that is none of ours."""
    found = {key_of(name): "" for name in OTHERS}
    for field, names in NAMES.items():
        for name in names:
            found.setdefault(key_of(name), field)
    return found
