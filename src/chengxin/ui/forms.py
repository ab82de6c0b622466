"""Controls Django has no right default for."""

from django import forms


class DateInput(forms.DateInput):
    """Ask for a day with the browser's own calendar; it travels as 2026-11-23 in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
