"""The glossary as a document: `docs/glossary.md` is written from the same words as the page, and a test compares."""

from __future__ import annotations

from chengxin.portals.words import read_glossary

_HEAD = """# Glossary (词汇)

The words of the platform, in the order of the page `/glossary`. Written by
`python -m chengxin.portals.glossary_document > docs/glossary.md` from `src/chengxin/portals/data/glossary.yaml`.
Names in code come from the English column.

| 中文 | English | 意思 | Meaning |
|---|---|---|---|
"""


def glossary_document() -> str:
    """Return the glossary as Markdown."""
    rows = [f"| {term.zh} | {term.en} | {term.meaning_zh} | {term.meaning_en} |\n" for term in read_glossary()]
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    print(glossary_document(), end="")
