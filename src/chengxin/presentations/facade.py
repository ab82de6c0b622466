"""The doors of the presentations package."""

from chengxin.presentations.actions import list_own, make, offer, open_code, take_back
from chengxin.presentations.claims import claims, holds
from chengxin.presentations.display import claim_words

__all__ = ["claim_words", "claims", "holds", "list_own", "make", "offer", "open_code", "take_back"]
