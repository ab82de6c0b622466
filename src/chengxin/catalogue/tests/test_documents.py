"""What the README tells somebody to write works as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.test import Client

from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import BEIJING, simulated

README = Path(__file__).resolve().parent.parent / "README.md"
ON = date(2027, 1, 2)


def test_the_example_of_a_new_item_and_of_its_next_version_can_be_copied(written: Callable[..., Path]) -> None:
    first, second = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    folder = written(first + second)
    catalogue.register_folder(folder)
    try:
        item = catalogue.get_item("bee_keeping", on=ON)
        assert (item.version, [field.name for field in item.fields if field.title.en == "Swarms"]) == (2, ["swarms"])
        with simulated(datetime(2027, 1, 2, 9, 0, tzinfo=BEIJING)):
            page = Client().get("/catalogue/bee_keeping").content.decode()
            template = Client().get("/catalogue/bee_keeping/template.csv").content.decode()
    finally:
        catalogue.unregister_folder(folder)
    assert "蜂群数量" in template
    assert 'href="/policies/ZJ#a10"' in page
    assert "蜂箱数量" not in template
