"""The doors of the inspections package."""

from chengxin.inspections.checking import check_page, check_prices, list_bulletin
from chengxin.inspections.plans import open_plan
from chengxin.inspections.queries import (
    count_plans,
    find_in_context,
    find_receipt,
    get_own,
    get_plan,
    get_sample,
    list_own,
    list_plans,
    list_public_of_shop,
    list_published,
    list_samples,
    tallies,
)
from chengxin.inspections.sampling import begin_determination, buy, report, retest, tell
from chengxin.inspections.supervising import (
    apply,
    assign,
    find_own_case,
    list_own_cases,
    list_supervisors,
    list_visits,
    own_course,
    pass_on,
    report_visit,
)

__all__ = [
    "apply",
    "assign",
    "begin_determination",
    "buy",
    "check_page",
    "check_prices",
    "count_plans",
    "find_in_context",
    "find_own_case",
    "find_receipt",
    "get_own",
    "get_plan",
    "get_sample",
    "list_bulletin",
    "list_own",
    "list_own_cases",
    "list_plans",
    "list_public_of_shop",
    "list_published",
    "list_samples",
    "list_supervisors",
    "list_visits",
    "open_plan",
    "own_course",
    "pass_on",
    "report",
    "report_visit",
    "retest",
    "tallies",
    "tell",
]
