"""The doors of the access package."""

from chengxin.access.actions import (
    close_account,
    end_post,
    give_post,
    give_source_rights,
    open_account,
    open_bodies,
    register_client,
    suspend_client,
)
from chengxin.access.clients import ClientAuth, actor_for_client, client_auth
from chengxin.access.decisions import authorised_purposes, decide, get_purpose, list_purposes, require
from chengxin.access.duties import Duties, Unhonoured, honouring
from chengxin.access.identity import acting_for, actor_for_account, actor_of
from chengxin.access.pace import keep_pace
from chengxin.access.queries import (
    bodies_with_program,
    bodies_with_role,
    credit_office_of,
    credit_offices_over,
    find_account,
    find_account_by_id,
    find_body,
    find_client,
    get_body,
    items_of,
    list_bodies,
    list_clients,
    list_colleagues,
    list_source_rights,
    source_bodies,
)
from chengxin.access.relations import RELATIONS, covers, is_person
from chengxin.access.restrictions import SLOW_FOR, freeze_account, lift_restrictions, slow_account
from chengxin.access.rules import account_id_of, account_key

__all__ = [
    "RELATIONS",
    "SLOW_FOR",
    "ClientAuth",
    "Duties",
    "Unhonoured",
    "account_id_of",
    "account_key",
    "acting_for",
    "actor_for_account",
    "actor_for_client",
    "actor_of",
    "authorised_purposes",
    "bodies_with_program",
    "bodies_with_role",
    "client_auth",
    "close_account",
    "covers",
    "credit_office_of",
    "credit_offices_over",
    "decide",
    "end_post",
    "find_account",
    "find_account_by_id",
    "find_body",
    "find_client",
    "freeze_account",
    "get_body",
    "get_purpose",
    "give_post",
    "give_source_rights",
    "honouring",
    "is_person",
    "items_of",
    "keep_pace",
    "lift_restrictions",
    "list_bodies",
    "list_clients",
    "list_colleagues",
    "list_purposes",
    "list_source_rights",
    "open_account",
    "open_bodies",
    "register_client",
    "require",
    "slow_account",
    "source_bodies",
    "suspend_client",
]
