"""The rate limit: so many requests per key in a fixed window of 60 seconds (contract.md section 4, "Rate limit").

Windows begin with the clock's minute, so every process and every answer names the same reset to the second.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import NamedTuple

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string

log = logging.getLogger(__name__)

WINDOW_S = 60
#: A limiter that is slow to ask must not make every call slow.
REDIS_TIMEOUT_S = 1


class Allowance(NamedTuple):
    """What a key has left in the window, this request counted. ``reset`` is a unix time in seconds."""

    limit: int
    remaining: int
    reset: int
    is_exceeded: bool
    retry_after_s: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers that every answer to an authenticated call carries."""
        headers = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }
        return headers | {"Retry-After": str(self.retry_after_s)} if self.is_exceeded else headers


class RateLimit:
    """Counts requests, in this process or in the Redis of ``storage_uri``."""

    def __init__(
        self, *, per_minute: int, storage_uri: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._item = RateLimitItemPerMinute(per_minute, namespace="lead-import")
        self._clock = clock
        self._memory = MemoryStorage()
        # limits' memory storage loses a count where two threads begin a window at once.
        self._guard: AbstractContextManager = Lock()
        self._shared: Storage | None = None
        if storage_uri:
            self._shared = storage_from_string(
                storage_uri,
                wrap_exceptions=True,
                socket_timeout=REDIS_TIMEOUT_S,
                socket_connect_timeout=REDIS_TIMEOUT_S,
            )

    def count(self, key_id: str) -> Allowance:
        """Count one request of this key. May wait for Redis: not for the event loop."""
        now = self._clock()
        window = int(now // WINDOW_S)
        name = self._item.key_for(key_id, str(window))
        used = self._count_shared(name) if self._shared else self._add(self._memory, name, self._guard)
        limit, reset = self._item.amount, (window + 1) * WINDOW_S
        # The whole seconds of a wait that ends in the next window, never before it.
        return Allowance(limit, max(limit - used, 0), reset, used > limit, reset - int(now))

    def _count_shared(self, name: str) -> int:
        assert self._shared is not None
        try:
            return self._add(self._shared, name, nullcontext())
        except StorageError as error:
            # Better a limit per process for a while than a door that is shut because the counter is away.
            log.warning("the shared rate limit is away, this process counts alone: %s", error.storage_error)
            return self._add(self._memory, name, self._guard)

    @staticmethod
    def _add(storage: Storage, name: str, guard: AbstractContextManager) -> int:
        with guard:
            return storage.incr(name, WINDOW_S)
