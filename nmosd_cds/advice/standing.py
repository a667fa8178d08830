"""How one completion leaves the contenders: barred, in doubt, and in which tier; kept as bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nmosd_cds.advice.tiers import TIERS

_TIER_BITS = 3
_TIER = (1 << _TIER_BITS) - 1


@dataclass(frozen=True)
class Left:
    """Who is left at the top in a completion.

    Attributes:
        tier: The highest tier that somebody holds; None if nobody is left.
        options: Who holds it, in the order of the contenders.
        doubtful: Those of them with a caution about benefit that holds.
    """

    tier: str | None
    options: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


def with_another(left: Left, option: str, tier: str | None, *, is_doubtful: bool) -> Left:
    """Who is left at the top when one more option is judged."""
    if tier is None or (left.tier is not None and TIERS.index(tier) > TIERS.index(left.tier)):
        return left
    doubtful = frozenset({option} if is_doubtful else ())
    if tier != left.tier:
        return Left(tier, (option,), doubtful)
    return Left(tier, (*left.options, option), left.doubtful | doubtful)


class Standings:
    """Reads and writes standings: a bit of a bar and one of a doubt for each contender, then tiers.

    Bits are only ever added, so the standings of islands can be joined.
    """

    def __init__(self, options: Sequence[str]) -> None:
        """For these contenders, in their order."""
        self._options = tuple(options)
        self._count = len(self._options)
        self._every_bar = (1 << self._count) - 1
        self._left: dict[int, Left] = {}
        self._masks: dict[int, int] = {}

    def bar_bit(self, number: int) -> int:
        """It is barred."""
        return 1 << number

    def doubt_bit(self, number: int) -> int:
        """Its benefit is in doubt."""
        return 1 << (self._count + number)

    def tier_bits(self, number: int, tier: str | None) -> int:
        """It holds this tier; None: none."""
        code = 0 if tier is None else TIERS.index(tier) + 1
        return code << (2 * self._count + _TIER_BITS * number)

    def _tier_mask(self, number: int) -> int:
        return _TIER << (2 * self._count + _TIER_BITS * number)

    def at_top(self, standing: int) -> Left:
        """Who is left at the top."""
        if standing not in self._left:
            self._left[standing] = self._read(standing)
        return self._left[standing]

    def _read(self, standing: int) -> Left:
        tiers: dict[int, list[int]] = {}
        codes = standing >> 2 * self._count
        number = 0
        while codes:
            code = codes & _TIER
            if code and not standing & 1 << number:
                tiers.setdefault(code, []).append(number)
            codes >>= _TIER_BITS
            number += 1
        if not tiers:
            return Left(None)
        top = min(tiers)
        names = [self._options[number] for number in tiers[top]]
        doubtful = [n for n in tiers[top] if standing & self.doubt_bit(n)]
        return Left(
            TIERS[top - 1],
            tuple(names),
            frozenset(self._options[number] for number in doubtful),
        )

    def cleaned(self, standing: int) -> int:
        """Whoever is barred keeps neither doubt nor tier: they would tell alike standings apart."""
        barred = standing & self._every_bar
        if barred not in self._masks:
            mask = -1
            for number in range(self._count):
                if barred & self.bar_bit(number):
                    mask &= ~(self.doubt_bit(number) | self._tier_mask(number))
            self._masks[barred] = mask
        return standing & self._masks[barred]
