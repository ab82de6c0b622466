"""The doors of the inquiries package."""

from chengxin.inquiries.actions import post_result, query
from chengxin.inquiries.registered import list_grantees, list_registered
from chengxin.inquiries.statutory import get_query, list_queries, read_facts, request

__all__ = [
    "get_query",
    "list_grantees",
    "list_queries",
    "list_registered",
    "post_result",
    "query",
    "read_facts",
    "request",
]
