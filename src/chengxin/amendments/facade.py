"""The doors of the amendments package."""

from chengxin.amendments.actions import (
    assess,
    comment,
    draft,
    hide_comment,
    publish_comment,
    reply,
    require_keeper,
)
from chengxin.amendments.queries import (
    count_hidden,
    count_public,
    count_waiting,
    get_of_office,
    get_public,
    list_approved,
    list_comments,
    list_of_office,
    list_opened,
    list_public,
    list_published_comments,
)

__all__ = [
    "assess",
    "comment",
    "count_hidden",
    "count_public",
    "count_waiting",
    "draft",
    "get_of_office",
    "get_public",
    "hide_comment",
    "list_approved",
    "list_comments",
    "list_of_office",
    "list_opened",
    "list_public",
    "list_published_comments",
    "publish_comment",
    "reply",
    "require_keeper",
]
