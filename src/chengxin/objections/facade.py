"""The doors of the objections package."""

from chengxin.objections.actions import add_papers, ask_review, object_to, take_back
from chengxin.objections.content import open_content
from chengxin.objections.corrections import get_line, propose
from chengxin.objections.queries import list_own, own_case, own_line

__all__ = [
    "add_papers",
    "ask_review",
    "get_line",
    "list_own",
    "object_to",
    "open_content",
    "own_case",
    "own_line",
    "propose",
    "take_back",
]
