"""Interleaved rounds and their medians."""

import random
import statistics
import time
from collections.abc import Callable, Mapping


def interleave(rounds: int, ways: Mapping[str, Callable[[int], Callable[[], object]]]) -> dict[str, float]:
    """Median seconds of each way over ``rounds`` rounds.

    A way prepares round n, unmeasured, and returns what is measured. The ways take turns within every round, so that
    a slow minute of the machine hits all of them, in an order that changes from round to round: what ran just before
    (dirty pages, a busy disk, a warm cache) makes up to a third of the difference. The first two rounds do not count.
    """
    order = list(ways)
    chance = random.Random(1)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 2):
        chance.shuffle(order)
        for name in order:
            measured = ways[name](number)
            start = time.perf_counter()
            measured()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values[2:]) for name, values in times.items()}
