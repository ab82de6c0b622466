"""Pages of a long list."""

from __future__ import annotations

from django.http import HttpRequest

from chengxin.ui.contracts import Pager


def pager_of(request: HttpRequest, *, total: int, per_page: int, name: str = "page") -> tuple[Pager, int]:
    """Return the pager of a request and the offset of its first row; a wrong page number means the nearest real one."""
    last_page = max((total + per_page - 1) // per_page, 1)
    asked = request.GET.get(name, "1")
    number = min(max(int(asked), 1), last_page) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    offset = (number - 1) * per_page
    pager = Pager(
        first=min(offset + 1, total),
        last=min(offset + per_page, total),
        total=total,
        previous_url=address(request, name, number - 1) if number > 1 else "",
        next_url=address(request, name, number + 1) if number < last_page else "",
    )
    return pager, offset


def address(request: HttpRequest, name: str, number: int) -> str:
    """Return this page's address with another page number."""
    query = request.GET.copy()
    query[name] = str(number)
    return f"{request.path}?{query.urlencode()}"
