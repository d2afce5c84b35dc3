"""uvicorn's access log without what was asked after the path: `/leads?email=…` has somebody's email in it."""

import logging


class PathAlone(logging.Filter):
    """Cuts the query off the path of a request (uvicorn's arguments: client, method, path, HTTP version, status)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) > 2:
            client, method, path, *rest = record.args
            record.args = (client, method, str(path).partition("?")[0], *rest)
        return True


def hide_queries() -> None:
    """Put the filter on. After uvicorn has configured its logs: at the application's start, not when it is loaded."""
    log = logging.getLogger("uvicorn.access")
    if not any(isinstance(one, PathAlone) for one in log.filters):
        log.addFilter(PathAlone())
