"""Sessions read by a statement that is planned once: every request of whoever is signed in begins with it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.utils import timezone

from chengxin.database.facade import ask

_READ: Final = """
    select session_key, session_data, expire_date from django_session where session_key = %s and expire_date > %s
"""


class SessionStore(db.SessionStore):
    """Django's sessions in the database, but for how one is found."""

    def _get_session_from_db(self) -> Any:  # noqa: ANN401 - a row of Django's own model, or None
        for key, data, expire_date in ask(_READ, [self.session_key, timezone.now()]):
            return self.model(session_key=key, session_data=data, expire_date=expire_date)
        self._session_key = None
        return None
