"""Which language the reader chose."""

from django.utils.translation import get_language


def reads_english() -> bool:
    """Tell whether the reader chose English."""
    return (get_language() or "").startswith("en")
