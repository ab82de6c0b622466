"""The doors of the matching package."""

from chengxin.matching.actions import screen
from chengxin.matching.clearing import clear, confirm, list_clearances, withdraw
from chengxin.matching.index import KEEPER, Keeper

__all__ = ["KEEPER", "Keeper", "clear", "confirm", "list_clearances", "screen", "withdraw"]
