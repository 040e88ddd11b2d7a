"""Records into the rows of the journal's tables."""

import os
import sqlite3
from collections.abc import Iterable

from app.model.record import JobRecord, RawRecord, ResultRecord

_JOB = """
    INSERT INTO job (id, created, changed, revision, state, service_id, base_url, task_id,
        error_kind, error_text, hidden)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_STEP = """
    UPDATE job SET changed = ?, revision = ?, state = ?, task_id = ?, error_kind = ?,
        error_text = ?, hidden = ?
    WHERE id = ?
"""
# An answer to a sending that nobody told of goes with the number 0.
_ATTEMPT = """
    INSERT INTO attempt (job_id, number, body_sha256, key_fingerprint, balance, answer)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body_sha256 = excluded.body_sha256,
        key_fingerprint = excluded.key_fingerprint, balance = excluded.balance,
        answer = excluded.answer
"""
_RESULT = """
    INSERT INTO result (job_id, number, path, raw_path, seed, sha256, size, width, height)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET path = excluded.path, raw_path = excluded.raw_path,
        seed = excluded.seed, sha256 = excluded.sha256, size = excluded.size,
        width = excluded.width, height = excluded.height
"""
_RAW = """
    INSERT INTO raw (job_id, number, path, sha256, size, unreadable) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, size = excluded.size,
        unreadable = excluded.unreadable
"""


def insert_job(database: sqlite3.Connection, record: JobRecord) -> None:
    """Add a job with its last attempt; results and raw answers have rows of their own."""
    state, service = record.state, (record.service_id, record.base_url)
    created, changed = record.created.isoformat(), record.changed.isoformat()
    rest = (record.task_id, record.error_kind, record.error_text, record.is_hidden)
    row = (record.id, created, changed, record.revision, state, *service, *rest)
    database.execute(_JOB, row)
    _keep_attempt(database, record)


def update_job(database: sqlite3.Connection, record: JobRecord) -> None:
    """Put a job where `record` says it stands."""
    standing = (record.changed.isoformat(), record.revision, record.state, record.task_id)
    error = (record.error_kind, record.error_text)
    database.execute(_STEP, (*standing, *error, record.is_hidden, record.id))
    _keep_attempt(database, record)


def keep_result(database: sqlite3.Connection, job_id: str, result: ResultRecord) -> None:
    """Add a finished picture, in place of an earlier one of that number."""
    paths = (os.fsencode(result.path), os.fsencode(result.raw_path))
    seed = None if result.seed is None else str(result.seed)
    size = (None, None) if result.size is None else (result.size.width, result.size.height)
    row = (job_id, result.index, *paths, seed, result.sha256, result.size_bytes, *size)
    database.execute(_RESULT, row)
    database.execute("DELETE FROM raw WHERE job_id = ? AND path = ?", (job_id, paths[1]))


def keep_raw(database: sqlite3.Connection, job_id: str, raw: RawRecord) -> None:
    """Add a raw answer that no result came of."""
    file = (os.fsencode(raw.path), raw.sha256, raw.size_bytes)
    database.execute(_RAW, (job_id, raw.index, *file, raw.is_unreadable))


def keep_arrived(
    database: sqlite3.Connection,
    job_id: str,
    results: Iterable[ResultRecord],
    raws: Iterable[RawRecord],
) -> None:
    """Add what a job's folder has of its pictures."""
    for result in results:
        keep_result(database, job_id, result)
    for raw in raws:
        keep_raw(database, job_id, raw)


def _keep_attempt(database: sqlite3.Connection, record: JobRecord) -> None:
    attempt, answer = record.attempt, record.answer
    if attempt is not None:
        sending = (attempt.number, attempt.body_sha256, attempt.key_fingerprint, attempt.balance)
        database.execute(_ATTEMPT, (record.id, *sending, answer))
    elif answer is not None:
        database.execute(_ATTEMPT, (record.id, 0, "", "", None, answer))
