"""The doors of the standards package; there is none to a result, so nothing can rest on one."""

from chengxin.standards.shelf import history, in_force

__all__ = ["history", "in_force"]
