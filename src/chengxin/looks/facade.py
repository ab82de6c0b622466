"""The doors of the looks package."""

from chengxin.looks.queries import count_own_looks, log_keys, own_askers, own_look, own_looks, own_proof

__all__ = ["count_own_looks", "log_keys", "own_askers", "own_look", "own_looks", "own_proof"]
