"""The doors of the consents package."""

from chengxin.consents.actions import ask, find_asked, find_request, give, list_consents, offer, withdraw
from chengxin.consents.agreements import (
    agreed_fields,
    approve_agreement,
    draft_agreement,
    list_agreements,
    stop_agreement,
)
from chengxin.consents.artefacts import pseudonym_of, read_artefact
from chengxin.consents.freezes import freeze, frozen_since, lift_freeze
from chengxin.consents.grants import note_audit, register, resume, suspend
from chengxin.consents.purpose_table import find_rule, purpose_rules
from chengxin.consents.queries import count_uses, find_grant, find_use, list_grants
from chengxin.consents.rules import LAW, limits_of, not_live, why_not_asked
from chengxin.consents.uses import (
    authorisation_of,
    delete_used,
    end_expired,
    find_authorisation,
    find_live,
    hold,
    list_standing,
    note_use,
    permit_by_statute,
    post_result,
    whose,
)

__all__ = [
    "LAW",
    "agreed_fields",
    "approve_agreement",
    "ask",
    "authorisation_of",
    "count_uses",
    "delete_used",
    "draft_agreement",
    "end_expired",
    "find_asked",
    "find_authorisation",
    "find_grant",
    "find_live",
    "find_request",
    "find_rule",
    "find_use",
    "freeze",
    "frozen_since",
    "give",
    "hold",
    "lift_freeze",
    "limits_of",
    "list_agreements",
    "list_consents",
    "list_grants",
    "list_standing",
    "not_live",
    "note_audit",
    "note_use",
    "offer",
    "permit_by_statute",
    "post_result",
    "pseudonym_of",
    "purpose_rules",
    "read_artefact",
    "register",
    "resume",
    "stop_agreement",
    "suspend",
    "whose",
    "why_not_asked",
    "withdraw",
]
