"""Addresses of rules, filings, measures and notices of infringed rights."""

from django.urls import path

from chengxin.duties import filing_pages, ip_pages, pages, sheet_pages

urlpatterns = [
    path("platforms/<str:body>/rules", pages.rules, name="platform_rules"),
    path("biz/platform/rules", pages.file_rule, name="file_platform_rule"),
    path("biz/platform/actions", pages.actions, name="platform_actions"),
    path("biz/shop/<uuid:shop_id>/actions/<str:number>", pages.own_action, name="own_action"),
    path("platforms/<str:body>/disclosure", filing_pages.disclosure, name="platform_disclosure"),
    path("biz/platform/filings", filing_pages.filings, name="platform_filings"),
    path("biz/platform/filings/<slug:code>", filing_pages.file_report, name="file_platform_report"),
    path("platforms/<str:body>/ip-notices", ip_pages.notices, name="ip_notices"),
    path("biz/platform/ip-notices", ip_pages.file_ip_notice, name="file_ip_notice"),
    path("biz/shop/ip-notices/<str:number>", ip_pages.own_notice, name="own_ip_notice"),
    path("reg/data-requests", sheet_pages.asking, {"sheet": "data_request"}, name="data_requests"),
    path("reg/guidance", sheet_pages.asking, {"sheet": "guidance"}, name="guidance"),
    path("campaigns", sheet_pages.campaigns, name="campaigns"),
    path("reg/campaigns", sheet_pages.asking, {"sheet": "campaign"}, name="reg_campaigns"),
    path("reg/campaigns/targets", sheet_pages.asking, {"sheet": "campaign_target"}, name="campaign_targets"),
    path("reg/impersonations", sheet_pages.asking, {"sheet": "impersonation"}, name="impersonations"),
    path("reg/probes", sheet_pages.probe, name="probes"),
    path("biz/self-check", sheet_pages.self_check, name="self_check"),
    path("biz/platform/requests", sheet_pages.asked, name="platform_requests"),
    path("biz/shop/data-requests/<str:number>", sheet_pages.own_request, name="own_data_request"),
]
