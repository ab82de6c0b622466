"""What signing in needs in a test: a key, and no request counted against the next test."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches

settings.SECRET_KEY = "a-key-for-tests-only"


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    yield
    caches["process"].clear()
