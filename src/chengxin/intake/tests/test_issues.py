"""Every code a row can be questioned with is said in both languages, with what to do."""

import re
from pathlib import Path

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.intake import validation
from chengxin.intake.issues import explain
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.identifiers import NumberFault
from chengxin.subjects.contracts import HELD_MESSAGES

SOURCES = Path(validation.__file__).parent
USED = {code for file in SOURCES.glob("*.py") for code in re.findall(r'"(U-[A-Z-]+)"', file.read_text("utf-8"))}
CODES = sorted({*USED, *HELD_MESSAGES, *(fault.code for fault in NumberFault if fault.code)})


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_happened_and_what_to_do_in_both_languages(code: str) -> None:
    catalogue.load(now=NOW)
    item = catalogue.get_item("penalty", on=NOW.date())
    chinese, english = (explain(2, "uscc", code, item=item, language=language) for language in ("zh", "en"))
    assert chinese.what != code
    assert (bool(chinese.next_step), bool(english.next_step)) == (True, True)
    assert not re.search(r"[一-鿿]", english.what + english.next_step.replace("是", "").replace("否", ""))
