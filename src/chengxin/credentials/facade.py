"""The doors of the credentials package."""

from chengxin.credentials.actions import issue, issuer_keys, list_own, offer, revoke, sign_lists, signed_list

__all__ = ["issue", "issuer_keys", "list_own", "offer", "revoke", "sign_lists", "signed_list"]
