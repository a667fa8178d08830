"""Which options a run can tell apart: ranks are read in groups of options that tie."""

from __future__ import annotations

import math

from nmosd_cds.decision.smaa import Smaa


def tie_groups(
    smaa: Smaa, *, minimum_difference: float, monte_carlo_errors: float
) -> list[tuple[str, ...]]:
    """Group the options of a run, best group first.

    Options are put in order by expected rank, then share of first ranks, then id. Two neighbours
    tie when the pairwise winning share of one over the other is within a margin of one half: the
    larger of `minimum_difference` and `monte_carlo_errors` standard errors of that share. Ties
    chain: if A ties with B and B with C, the three are one group even where A and C could be told
    apart, because a difference claimed in error is worse than one left unclaimed. Pairwise winning
    and not the share of first ranks decides, because options far from the first place all have
    shares near 0 and would tie whatever their order.

    Args:
        smaa: The run.
        minimum_difference: From 0.5, as a share of draws, 0 to 0.5.
        monte_carlo_errors: Number of standard errors, >= 0.

    Returns:
        Groups from best to worst, ids inside a group in the order above; every option once.
    """
    groups: list[tuple[str, ...]] = []
    for option in ordered(smaa):
        if groups and _tie(smaa, groups[-1][-1], option, minimum_difference, monte_carlo_errors):
            groups[-1] += (option,)
        else:
            groups.append((option,))
    return groups


def ordered(smaa: Smaa) -> list[str]:
    """Return the options by expected rank, then share of first ranks, then id."""
    place = {option: i for i, option in enumerate(smaa.options)}

    def merit(option: str) -> tuple[float, float, str]:
        i = place[option]
        return float(smaa.expected_rank[i]), -float(smaa.first_rank_share[i]), option

    return sorted(place, key=merit)


def _tie(smaa: Smaa, better: str, worse: str, minimum: float, errors: float) -> bool:
    share = float(smaa.pairwise_winning[smaa.options.index(better), smaa.options.index(worse)])
    margin = max(minimum, errors * math.sqrt(share * (1.0 - share) / smaa.draws))
    # Counts of draws are whole, but their share of the total is not exact in binary.
    return abs(share - 0.5) <= margin + 1e-12
