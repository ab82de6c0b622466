"""The doors of the couriers package."""

from chengxin.couriers.actions import file_branches, look, register_company
from chengxin.couriers.figures import refresh
from chengxin.couriers.flows import list_flows, watches_payments
from chengxin.couriers.flows import rules as flow_rules
from chengxin.couriers.limits import (
    answer_limit,
    end_limits,
    list_limitable,
    list_limits,
    list_own_limits,
    list_tasks,
    propose_limit,
)
from chengxin.couriers.queries import (
    company_of_body,
    get_company,
    list_branches,
    list_companies,
    list_facts,
    list_figures,
    list_figures_of_source,
    list_paper_rates,
    list_sources,
    names_on_waybills,
)
from chengxin.couriers.standards import standards, uses
from chengxin.couriers.traffic import look_at_traffic, own_traffic, traffic_rules

__all__ = [
    "answer_limit",
    "company_of_body",
    "end_limits",
    "file_branches",
    "flow_rules",
    "get_company",
    "list_branches",
    "list_companies",
    "list_facts",
    "list_figures",
    "list_figures_of_source",
    "list_flows",
    "list_limitable",
    "list_limits",
    "list_own_limits",
    "list_paper_rates",
    "list_sources",
    "list_tasks",
    "look",
    "look_at_traffic",
    "names_on_waybills",
    "own_traffic",
    "propose_limit",
    "refresh",
    "register_company",
    "standards",
    "traffic_rules",
    "uses",
    "watches_payments",
]
