"""The doors of the inquiries package."""

from chengxin.inquiries.actions import post_result, query

__all__ = ["post_result", "query"]
