"""The site's addresses: each package brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from chengxin.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the archives: `verify/token` and `verify/shown` are no verification codes.
    path("", include("chengxin.presentations.urls")),
    path("", include("chengxin.incentives.urls")),
    path("", include("chengxin.archives.urls")),
    path("", include("chengxin.repair.urls")),
    path("", include("chengxin.objections.urls")),
    path("", include("chengxin.determinations.urls")),
    path("", include("chengxin.lists.urls")),
    path("", include("chengxin.commitments.urls")),
    path("", include("chengxin.honours.urls")),
    path("", include("chengxin.measures.urls")),
    path("", include("chengxin.market.urls")),
    path("", include("chengxin.reviews.urls")),
    # After the reviews: `standards/reputation` is theirs.
    path("", include("chengxin.standards.urls")),
    path("", include("chengxin.leads.urls")),
    path("", include("chengxin.duties.urls")),
    path("", include("chengxin.associations.urls")),
    path("", include("chengxin.couriers.urls")),
    path("", include("chengxin.matching.urls")),
    path("", include("chengxin.matters.urls")),
    path("", include("chengxin.watches.urls")),
    path("api/v1/", api.urls),
    path("", include("chengxin.portals.urls")),
    path("", include("chengxin.ui.urls")),
    # Before the catalogue: `changes` is no item.
    path("", include("chengxin.amendments.urls")),
    path("", include("chengxin.catalogue.urls")),
    path("", include("chengxin.access.urls")),
    path("", include("chengxin.accounts.urls")),
    path("", include("chengxin.casework.urls")),
    path("", include("chengxin.intake.urls")),
    path("", include("chengxin.consents.urls")),
    path("", include("chengxin.representation.urls")),
    path("", include("chengxin.misuse.urls")),
    path("", include("chengxin.emergency.urls")),
    path("", include("chengxin.looks.urls")),
    path("", include("chengxin.complaints.urls")),
    path("", include("chengxin.disputes.urls")),
    path("", include("chengxin.inspections.urls")),
    path("", include("chengxin.breaches.urls")),
    path("", include("chengxin.retention.urls")),
    path("", include("chengxin.credentials.urls")),
    path("", include("chengxin.inquiries.urls")),
]

handler400 = "chengxin.ui.pages.bad_request"
handler403 = "chengxin.ui.pages.forbidden"
handler404 = "chengxin.ui.pages.not_found"
handler500 = "chengxin.ui.pages.fault"
