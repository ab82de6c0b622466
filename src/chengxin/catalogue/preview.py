"""What a page shows of one item version, in force or only proposed: include `catalogue/parts/item.html` with it."""

from __future__ import annotations

from datetime import date

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue import presentation
from chengxin.catalogue.contracts import ItemVersion


def preview(item: ItemVersion, *, on: date) -> dict[str, object]:
    """Return the values of the part: why, who sees it, how long, what is never collected, every column."""
    return {
        "item": item,
        "facts_value": presentation.item_facts(item),
        "basis": presentation.basis_facts(item),
        "clocks": presentation.clock_facts(item, on=max(on, item.effective_on)),
        "disclosure": presentation.disclosure_table(item),
        "fields": presentation.field_table(item),
        "standard": plain.source(presentation.standard(item)),
        "gates": presentation.bars(item),
    }
