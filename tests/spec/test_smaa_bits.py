"""The same bits on every machine: which numpy calls are allowed, and one run with its digest."""

import ast
import hashlib
from pathlib import Path

import nmosd_cds.decision
from nmosd_cds.decision.decision import Cell, draw_decision
from nmosd_cds.decision.distribution import Beta, Gamma, GammaTied, Normal, ProbabilityWithin
from nmosd_cds.decision.draws import uniforms
from nmosd_cds.decision.smaa import run
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import Hierarchical

# Exact by IEEE 754 or on whole numbers, so no build may round them otherwise. `exp`, `log`,
# `power`, `sum` and `mean` of floats, `dot` and `matmul` are absent on purpose.
ALLOWED = {
    *("all", "arange", "array", "bincount", "concatenate", "count_nonzero", "diff", "empty"),
    *("equal", "full", "greater", "maximum", "minimum", "multiply", "nonzero", "partition"),
    *("searchsorted", "sort", "zeros", "zeros_like"),
    *("bool_", "float32", "float64", "floating", "int64", "intp", "ndarray", "uint64", "uint8"),
    "random",
}
# This digest was the same under numpy 1.26.4 and 2.4.6, with and without vector units.
DIGEST = "9da0cd556a99369e"


# A first look whose rounding is never read: see the module.
FIRST_LOOK = {"confidence.py": {"matmul"}}


def numpy_names(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "np":
                yield node.attr


def test_only_exact_numpy_calls_are_used():
    folder = Path(nmosd_cds.decision.__file__).parent
    for file in folder.glob("*.py"):
        allowed = ALLOWED | FIRST_LOOK.get(file.name, set())
        assert set(numpy_names(file.read_text("utf-8"))) - allowed == set()


def test_nothing_is_multiplied_as_a_matrix():
    folder = Path(nmosd_cds.decision.__file__).parent
    trees = [ast.parse(file.read_text("utf-8")) for file in folder.glob("*.py")]
    assert not any(isinstance(node, ast.MatMult) for tree in trees for node in ast.walk(tree))


def test_one_run_has_the_digest_of_the_first_release():
    tied = Gamma(20.0, 46.9).quantiles(uniforms(1, ("comparator",), 500))
    known = {
        ("x", "benefit"): ProbabilityWithin(GammaTied(1, 5.5, 20), 2.0, 5.5 / 12),
        ("x", "harm"): Beta(0.5, 12.5),
        ("y", "benefit"): Normal(0.5, 0.2),
        ("y", "harm"): Beta(3.5, 30.5),
    }
    cells = [Cell(*pair, cell, LinearValue(0, 1)) for pair, cell in known.items()]
    decision = draw_decision(cells, seed=1, draws=500, tied=tied)
    weights = Hierarchical((("good", ("benefit",)), ("bad", ("harm",)))).sample(1, 500)
    smaa = run(decision, weights)
    bits = decision.values.tobytes() + smaa.drawn.utilities.tobytes()
    shown = repr((smaa.rank_acceptability.tolist(), smaa.central_weights, smaa.confidence_factor))
    assert hashlib.sha256(bits + shown.encode()).hexdigest()[:16] == DIGEST
