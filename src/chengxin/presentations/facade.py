"""The doors of the presentations package."""

from chengxin.presentations.actions import list_own, make, offer, open_code, take_back
from chengxin.presentations.claims import claims, holds

__all__ = ["claims", "holds", "list_own", "make", "offer", "open_code", "take_back"]
