"""The door of `subjects`: who a number belongs to, and the keys their personal fields are sealed with."""

from chengxin.subjects.keyholder import NoKey, data_keys, seal_column, seal_many, wrapped_keys
from chengxin.subjects.resolution import resolve_many

__all__ = ["NoKey", "data_keys", "resolve_many", "seal_column", "seal_many", "wrapped_keys"]
