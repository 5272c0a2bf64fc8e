"""The page of one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.desk.casework.page import case_page
from luoshi.office.desk.casework.seeing import get_case, seat_of


@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything known of a case, with what one may do in it."""
    seat = seat_of(request)
    return case_page(request, seat, get_case(seat, number))
