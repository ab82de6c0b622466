"""The doors of the notices package."""

from chengxin.notices.actions import mark_read, serve
from chengxin.notices.queries import count_unread, list_about, list_for
from chengxin.notices.texts import fill, outside_text, text_of

__all__ = ["count_unread", "fill", "list_about", "list_for", "mark_read", "outside_text", "serve", "text_of"]
