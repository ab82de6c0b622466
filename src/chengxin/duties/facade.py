"""The doors of the duties package."""

from chengxin.duties.actions import act, appeal, file_rule
from chengxin.duties.campaigns import list_campaigns
from chengxin.duties.filing_display import answer_facts
from chengxin.duties.filing_duties import filing_duties
from chengxin.duties.filings import file_report, find_latest_filing, list_filed_periods, list_filings, list_owed
from chengxin.duties.impersonations import COUNTED, REFERRAL, count_referrals, referrals_of
from chengxin.duties.ip_notices import (
    count_ip_notices,
    declare,
    file_ip_notice,
    find_own_ip_notice,
    list_ip_notices,
    list_own_ip_notices,
)
from chengxin.duties.kinds import kinds
from chengxin.duties.probes import channels, latest_probes, note_probe
from chengxin.duties.queries import list_of_merchant, list_of_platform, list_public_actions, list_rules
from chengxin.duties.reminding import remind
from chengxin.duties.scorecard import scorecard
from chengxin.duties.sheet_rules import competent_bodies
from chengxin.duties.sheets import answer_own, ask, find_own_asked, list_asked, list_own_asked, sheets

__all__ = [
    "COUNTED",
    "REFERRAL",
    "act",
    "answer_facts",
    "answer_own",
    "appeal",
    "ask",
    "channels",
    "competent_bodies",
    "count_ip_notices",
    "count_referrals",
    "declare",
    "file_ip_notice",
    "file_report",
    "file_rule",
    "filing_duties",
    "find_latest_filing",
    "find_own_asked",
    "find_own_ip_notice",
    "kinds",
    "latest_probes",
    "list_asked",
    "list_campaigns",
    "list_filed_periods",
    "list_filings",
    "list_ip_notices",
    "list_of_merchant",
    "list_of_platform",
    "list_owed",
    "list_own_asked",
    "list_own_ip_notices",
    "list_public_actions",
    "list_rules",
    "note_probe",
    "referrals_of",
    "remind",
    "scorecard",
    "sheets",
]
