"""The doors of the accounts package."""

from chengxin.accounts.actions import Standing, appeal, propose_reset, standing_of

__all__ = ["Standing", "appeal", "propose_reset", "standing_of"]
