"""What was made of the files looked at last. A cache only: everything in it can be made again from the database."""

import threading
from collections import OrderedDict
from typing import Any
from uuid import UUID


class DraftCache:
    """The newest version of each kind of thing per import, for the ``size`` imports used last. Threads share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[UUID, dict[str, tuple[Any, Any]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, import_id: UUID, kind: str, version: Any) -> Any:
        """The thing as it was put with this version; None where there is none, or one of another version."""
        with self._lock:
            held = self._held.get(import_id)
            if held is None:
                return None
            self._held.move_to_end(import_id)
            kept, value = held.get(kind, (None, None))
            return value if kept == version else None

    def put(self, import_id: UUID, kind: str, version: Any, value: Any) -> None:
        """Keep this version in the place of an older one, which nobody will ask for again."""
        with self._lock:
            self._held.setdefault(import_id, {})[kind] = (version, value)
            self._held.move_to_end(import_id)
            while len(self._held) > self._size:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
