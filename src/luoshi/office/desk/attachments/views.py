"""Uploaded files, handed out to be saved and never shown by the browser."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.attachments import actions, queries
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.reading import scope_of


@never_cache
@require_safe
def attachment(request: HttpRequest, number: int) -> FileResponse:
    """The file of a number, within what the person may see."""
    found = queries.find(number, scope_of(request))
    if found is None or not queries.path_of(found).is_file():
        raise Http404
    if request.method == "GET":
        actions.record_reading(found, by=request.user.get_username(), origin=address_of(request))
    content = BytesIO(queries.content_of(found))
    answer = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
