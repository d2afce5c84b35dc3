"""Interleaved rounds and their medians."""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from operator import truediv

#: Prepares round n, unmeasured, and returns what is measured.
Way = Callable[[int], Callable[[], object]]


def interleave(rounds: int, ways: Mapping[str, Way], *, warm_up: int = 2) -> dict[str, list[float]]:
    """Seconds of each way in each of ``rounds`` rounds.

    The ways take turns within every round, so that a slow minute of the machine hits all of them, in an order that changes
    from round to round: what ran just before (dirty pages, a busy disk, a warm cache) makes up to a third of the difference.
    The first rounds, ``warm_up`` of them, do not count.
    """
    order = list(ways)
    chance = random.Random(1)
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + warm_up):
        chance.shuffle(order)
        for name in order:
            measured = ways[name](number)
            start = time.perf_counter()
            measured()
            seconds[name].append(time.perf_counter() - start)
    return {name: values[warm_up:] for name, values in seconds.items()}


def beside_copy(rounds: int, bare_copy: Way, name: str, way: Way, *, warm_up: int = 2) -> list[str]:
    """A row of results: the way's name, its ratio to the bare COPY (the median of the rounds' own; of the fastest rounds), and both
    medians in ms.

    Round by round, because a machine may go from fast to slow in the middle of a run: then one of the two medians would be
    a fast round's and the other a slow one's.
    """
    seconds = interleave(rounds, {"bare COPY": bare_copy, name: way}, warm_up=warm_up)
    bare, own = seconds["bare COPY"], seconds[name]
    ratio = statistics.median(map(truediv, own, bare))
    bare_ms, own_ms = statistics.median(bare) * 1000, statistics.median(own) * 1000
    return [name, f"{ratio:.2f}", f"{min(own) / min(bare):.2f}", f"{own_ms:.1f}", f"{bare_ms:.1f}"]


#: The columns of beside_copy's rows.
BESIDE_COPY = ("", "ratio to COPY", "of the fastest", "median, ms", "COPY beside it, ms")
