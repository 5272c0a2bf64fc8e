"""What machines ask: whether the service can work, and how it goes."""

from __future__ import annotations

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def healthy(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Counts in the format of Prometheus: runs by state, jobs by state, events of the log. Nothing about people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'luoshi_runs', state, count(*) FROM runs_run GROUP BY state"
            " UNION ALL SELECT 'luoshi_jobs', status::text, count(*) FROM procrastinate_jobs GROUP BY status"
            " UNION ALL SELECT 'luoshi_events', 'all', count(*) FROM audit.event"
            " UNION ALL SELECT 'luoshi_batches', state, count(*) FROM treasury_batch GROUP BY state"
            " UNION ALL SELECT 'luoshi_treasury_differences', 'last proof',"
            " coalesce((SELECT differences FROM treasury_proof ORDER BY id DESC LIMIT 1), 0)"
        )
        lines = [f'{name}{{state="{state}"}} {count}' for name, state, count in cursor.fetchall()]
    return HttpResponse("\n".join([*sorted(lines), ""]), content_type="text/plain; version=0.0.4")
