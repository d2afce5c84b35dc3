"""The worker of this process: it runs imports and calls webhooks from the queue, beside the screens and the API."""

from uuid import UUID

from sqlalchemy import Engine

from core.access import WORKER, acting_as
from core.record_flow import require_known_options
from core.run_flow import RUN_IMPORT, run_import
from core.webhook_flow import CALL_WEBHOOK, MAX_TRIES, WAIT_FACTOR, call_webhook
from db.jobs import RetryStrategy, Worker, driver_url

#: The queue counts the tries that came before, so the last one is not followed by another.
WEBHOOK_RETRY = RetryStrategy(max_attempts=MAX_TRIES - 1, exponential_wait=WAIT_FACTOR)

_worker: Worker | None = None


def start_worker(engine: Engine) -> None:
    """Start the process's worker. Many processes may each have one; a job is run by one of them."""
    global _worker
    if _worker is not None:
        return

    def run(workspace_id: str, import_id: str) -> None:
        with acting_as(WORKER):
            with engine.connect() as conn:
                require_known_options(conn, workspace_id, UUID(import_id))  # raised, it brings the job back to the queue
            run_import(
                engine, workspace_id=workspace_id, import_id=UUID(import_id), is_stopping=lambda: worker.is_stopping
            )

    def call(**about: str) -> None:
        with acting_as(WORKER):
            call_webhook(engine, **about)

    worker = Worker(
        driver_url(engine),
        {RUN_IMPORT: run, CALL_WEBHOOK: call},
        {CALL_WEBHOOK: WEBHOOK_RETRY},
    )
    worker.start()
    _worker = worker


def stop_worker() -> None:
    """Let a running import come to the end of its part, then stop. The rest is in the queue for the next start."""
    global _worker
    if _worker is not None:
        _worker.stop()
        _worker = None
