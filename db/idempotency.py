"""Queries on idempotency keys: answers that were given, kept for a day at least (contract.md section 3)."""

from psycopg import Cursor

#: Deleted by one import at most; each adds one key, so the old ones never pile up.
MAX_FORGOTTEN = 100

FIND_ANSWER = """
    SELECT body_sha256, answer
    FROM idempotency_keys
    WHERE workspace_id = %(workspace_id)s
        AND key = %(key)s
"""

INSERT_ANSWER = """
    INSERT INTO idempotency_keys (workspace_id, key, body_sha256, answer, created_at)
    VALUES (%(workspace_id)s, %(key)s, %(body_sha256)b, %(answer)b, transaction_timestamp())
"""

FORGET_OLD_ANSWERS = """
    DELETE FROM idempotency_keys
    WHERE workspace_id = %(workspace_id)s
        AND key IN (
            SELECT old.key
            FROM idempotency_keys AS old
            WHERE old.workspace_id = %(workspace_id)s
                AND old.created_at < transaction_timestamp() - interval '24 hours'
            ORDER BY old.created_at
            LIMIT %(most)s
        )
"""


def send_find(cursor: Cursor, *, workspace_id: str, key: str) -> None:
    """Send FIND_ANSWER, for a pipeline. Right only under the workspace's lock."""
    cursor.execute(FIND_ANSWER, {"workspace_id": workspace_id, "key": key})


def send_insert(cursor: Cursor, *, workspace_id: str, key: str, body_sha256: bytes, answer: bytes) -> None:
    """Send INSERT_ANSWER, for a pipeline."""
    cursor.execute(
        INSERT_ANSWER, {"workspace_id": workspace_id, "key": key, "body_sha256": body_sha256, "answer": answer}
    )


def send_forget_old(cursor: Cursor, *, workspace_id: str) -> None:
    """Send FORGET_OLD_ANSWERS, for a pipeline."""
    cursor.execute(FORGET_OLD_ANSWERS, {"workspace_id": workspace_id, "most": MAX_FORGOTTEN})
