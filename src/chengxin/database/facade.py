"""The door of the package."""

from chengxin.database.apart import second_session, signed_apart, write_apart
from chengxin.database.ask import ask, change
from chengxin.database.bulk import Landing, copy_frame, copy_frames, read_frame, refresh_statistics
from chengxin.database.connection import address_of, embedded_server, is_embedded, var_dir
from chengxin.database.guard import NobodyActs, OtherContext, acting, get_context, present_context, renew
from chengxin.database.guard_key import create_guard_key, obtain_key
from chengxin.database.introspection import Finding, inspect_catalogue
from chengxin.database.prepare import prepare, prepare_installation
from chengxin.database.roles import roles_script

__all__ = [
    "Finding",
    "Landing",
    "NobodyActs",
    "OtherContext",
    "acting",
    "address_of",
    "ask",
    "change",
    "copy_frame",
    "copy_frames",
    "create_guard_key",
    "embedded_server",
    "get_context",
    "inspect_catalogue",
    "is_embedded",
    "obtain_key",
    "prepare",
    "prepare_installation",
    "present_context",
    "read_frame",
    "refresh_statistics",
    "renew",
    "roles_script",
    "second_session",
    "signed_apart",
    "var_dir",
    "write_apart",
]
