"""The application `ui`."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class UiConfig(AppConfig):
    """Bring the words of all packages up to date when the process starts."""

    name = "chengxin.ui"
    label = "ui"

    def ready(self) -> None:
        """Compile the translations and watch the menus."""
        from chengxin.ui.translations import compile_catalogue  # noqa: PLC0415 - it needs the finished registry

        compile_catalogue()
        checks.register(check_menus)


def check_menus(**_: object) -> list[checks.CheckMessage]:
    """Report menu entries whose address does not exist."""
    from chengxin.ui.menus import address_of, entries  # noqa: PLC0415 - it needs the finished registry

    return [
        checks.Error(f"The menu entry “{entry.title}” names an unknown address: {entry.url_name}.", id="ui.E001")
        for entry in entries()
        if not address_of(entry)
    ]
