"""Django's name for the package."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Register the tables of reviews."""

    name = "chengxin.reviews"
    label = "reviews"
