"""The site's addresses: each package brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from chengxin.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the archives: `verify/token` is no verification code.
    path("", include("chengxin.incentives.urls")),
    path("", include("chengxin.archives.urls")),
    path("", include("chengxin.repair.urls")),
    path("", include("chengxin.objections.urls")),
    path("", include("chengxin.determinations.urls")),
    path("", include("chengxin.lists.urls")),
    path("", include("chengxin.measures.urls")),
    path("api/v1/", api.urls),
    path("", include("chengxin.portals.urls")),
    path("", include("chengxin.ui.urls")),
    path("", include("chengxin.catalogue.urls")),
    path("", include("chengxin.access.urls")),
    path("", include("chengxin.casework.urls")),
    path("", include("chengxin.intake.urls")),
    path("", include("chengxin.consents.urls")),
    path("", include("chengxin.misuse.urls")),
    path("", include("chengxin.looks.urls")),
    path("", include("chengxin.inquiries.urls")),
]

handler400 = "chengxin.ui.pages.bad_request"
handler403 = "chengxin.ui.pages.forbidden"
handler404 = "chengxin.ui.pages.not_found"
handler500 = "chengxin.ui.pages.fault"
