"""Addresses of reviews and reputation."""

from django.urls import path

from chengxin.reviews import pages

urlpatterns = [
    path("shops/<uuid:shop_id>/reviews", pages.of_shop, name="shop_reviews"),
    path("shops/<uuid:shop_id>/ledger/<slug:dimension>.csv", pages.ledger, name="shop_ledger"),
    path("reviews/of-me", pages.of_buyer, name="reviews_of_buyer"),
    path("standards/reputation", pages.formula, name="reputation_formula"),
    path("biz/shop/reviews/<uuid:review_id>", pages.own, name="own_review"),
    path("biz/reviews/<uuid:review_id>", pages.handle, name="review_handle"),
]
