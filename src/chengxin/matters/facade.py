"""The doors of the matters package."""

from chengxin.matters.actions import choose_hint, clear_hit, kinds_for, open_matter
from chengxin.matters.shelf import get_kind, kinds

__all__ = ["choose_hint", "clear_hit", "get_kind", "kinds", "kinds_for", "open_matter"]
