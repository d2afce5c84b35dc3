"""Settings of the Python process that serves imports."""

import gc

#: An import makes tens of thousands of small values at once and drops them at once. With Python's own thresholds the
#: collector walks the whole heap several times during one import, for nothing: 12 % of its time (make bench).
_THRESHOLDS = (50_000, 20, 20)


def tune_garbage_collector() -> None:
    """Take what start-up made out of the collector's sight, and let it look less often. Call once, at the end of start-up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
