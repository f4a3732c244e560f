-- Procrastinate's tables for SQLite, as far as its worker uses them. `started_at` and
-- `finished_at` stand for its table of events.

CREATE TABLE procrastinate_workers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    last_heartbeat DATETIME NOT NULL
);

CREATE TABLE procrastinate_jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_name VARCHAR(128) NOT NULL,
    task_name VARCHAR(128) NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    lock TEXT,
    queueing_lock TEXT,
    args JSON NOT NULL DEFAULT '{}',
    status VARCHAR(10) NOT NULL DEFAULT 'todo',
    scheduled_at DATETIME,
    attempts INTEGER NOT NULL DEFAULT 0,
    abort_requested BOOLEAN NOT NULL DEFAULT 0,
    worker_id INTEGER REFERENCES procrastinate_workers (id) ON DELETE SET NULL,
    started_at DATETIME,
    finished_at DATETIME,
    CHECK (NOT (status = 'todo' AND abort_requested))
);

-- Of one key only one job waits; of one lock only one job runs.
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1
    ON procrastinate_jobs (queueing_lock) WHERE status = 'todo';
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1
    ON procrastinate_jobs (lock) WHERE status = 'doing';
CREATE INDEX procrastinate_jobs_priority_idx_v1
    ON procrastinate_jobs (priority DESC, id ASC) WHERE status = 'todo';
CREATE INDEX procrastinate_jobs_id_lock_idx_v1
    ON procrastinate_jobs (lock, id) WHERE status IN ('todo', 'doing');
CREATE INDEX procrastinate_jobs_status_idx ON procrastinate_jobs (status);
CREATE INDEX procrastinate_jobs_worker_idx
    ON procrastinate_jobs (worker_id) WHERE worker_id IS NOT NULL;

CREATE TABLE procrastinate_periodic_defers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_name VARCHAR(128) NOT NULL,
    defer_timestamp BIGINT,
    job_id INTEGER REFERENCES procrastinate_jobs (id) ON DELETE SET NULL,
    periodic_id VARCHAR(128) NOT NULL DEFAULT '',
    CONSTRAINT procrastinate_periodic_defers_unique
        UNIQUE (task_name, periodic_id, defer_timestamp)
);
