"""Addresses of courier companies."""

from django.urls import path

from chengxin.couriers import limit_pages, pages, traffic_pages

urlpatterns = [
    path("couriers", pages.couriers, name="couriers"),
    path("couriers/method", pages.method, name="courier_method"),
    path("couriers/sources/<str:source>", pages.source, name="courier_source"),
    path("couriers/<str:uscc>", pages.courier, name="courier"),
    path("couriers/<str:uscc>/ledger/<str:side>/<str:dimension>.csv", pages.ledger, name="courier_ledger"),
    path("biz/courier", pages.own, name="own_courier"),
    path("reg/couriers", pages.supervision, name="courier_supervision"),
    path("payments", pages.payments, name="payments"),
    path("reg/payments", pages.supervision, {"kind": "payment"}, name="payment_supervision"),
    path("reg/payments/mismatch", pages.mismatch, name="payment_mismatch"),
    path("reg/payments/<str:uscc>", pages.use, {"kind": "payment"}, name="payment_use"),
    path("reg/couriers/traffic", traffic_pages.traffic, name="courier_traffic"),
    path("reg/couriers/limits", limit_pages.limits, name="courier_limits"),
    path("biz/platform/tasks", limit_pages.tasks, name="courier_tasks"),
    path("me/courier-limits", limit_pages.own_limits, name="own_courier_limits"),
    path("me/courier-limits/<str:number>", limit_pages.own_limit, name="own_courier_limit"),
    path("reg/couriers/<str:uscc>", pages.use, name="courier_use"),
]
