"""Procrastinate's names for what it asks, and the functions that answer them."""

from collections.abc import Awaitable, Callable

from storage import job_listing, job_queries
from storage.job_queries import Row

QUERIES: dict[str, Callable[..., Awaitable[list[Row]]]] = {
    function.__name__: function
    for function in (
        job_queries.candidate,
        job_queries.fetch_job,
        job_queries.defer_jobs,
        job_queries.defer_periodic_job,
        job_queries.finish_job,
        job_queries.retry_job,
        job_queries.cancel_job,
        job_listing.get_job_status,
        job_listing.list_jobs,
        job_listing.list_jobs_to_abort,
        job_listing.count_jobs_status,
        job_listing.delete_old_jobs,
        job_listing.select_stalled_jobs_by_heartbeat,
        job_listing.register_worker,
        job_listing.unregister_worker,
        job_listing.update_heartbeat,
        job_listing.prune_stalled_workers,
        job_listing.check_connection,
    )
}

READ_ONLY = frozenset(
    {
        "get_job_status",
        "list_jobs",
        "list_jobs_to_abort",
        "count_jobs_status",
        "select_stalled_jobs_by_heartbeat",
        "check_connection",
    }
)

#: Names that no worker asks for: a deprecated way to find stalled jobs, what the connector does
#: without SQL, and listings of Procrastinate's own command line.
NOT_USED = frozenset(
    {
        "select_stalled_jobs_by_started",
        "listen_queue",
        "list_queues",
        "list_tasks",
        "list_locks",
    }
)
