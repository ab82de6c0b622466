"""Make `screening/data/readings.tsv`: each character, its Mandarin readings and how Hong Kong spells it in names.

Run `python -m tools.readings` after a new version of pypinyin (MIT) or ToJyutping (BSD-2, data CC BY 4.0).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

TARGET: Final = Path("src/chengxin/screening/data/readings.tsv")
# A reading is common when this share of the words that hold the character use it.
COMMON_SHARE: Final = 0.04
INITIALS: Final = {
    "b": "p", "p": "p", "m": "m", "f": "f", "d": "t", "t": "t", "n": "n", "l": "l", "g": "k", "k": "k", "ng": "ng",
    "gw": "kw", "kw": "kw", "w": "w", "h": "h", "z": "ch", "c": "ch", "s": "s", "j": "y", "": "",
}  # fmt: skip
FINALS: Final = {
    "aa": "a", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at",
    "aak": "ak", "ou": "o", "eoi": "ui", "eon": "un", "eot": "ut", "oeng": "eung", "oek": "euk", "oe": "eu",
    "yu": "yu", "yun": "uen", "yut": "uet",
}  # fmt: skip
_SHORT: Final = re.compile("[zcsbpf]an")
_SYLLABLE: Final = re.compile(r"(ng|gw|kw|[bpmfdtnlgkwhzcsj]?)([a-z]+)")


def main() -> None:
    """Write the table, common Mandarin readings before the bar, others after it."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 - large tables
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    used: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in phrases_dict.items():
        for character, syllable in zip(phrase, syllables, strict=False):
            used[character][plain(syllable[0])] += 1
    lines = []
    for point, known in sorted(pinyin_dict.items()):
        character = chr(point)
        readings = list(dict.fromkeys(plain(reading) for reading in known.split(",")))
        counts = used[character]
        total = sum(counts.values()) or 1
        readings.sort(key=lambda reading: -counts[reading])
        common = [r for r in readings if counts[r] / total >= COMMON_SHARE] or readings[:1]
        rare = [r for r in readings if r not in common]
        lines.append(f"{character}\t{','.join(common)}\t{','.join(rare)}\t{','.join(hong_kong(character))}")
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def plain(syllable: str) -> str:
    """Return a syllable without its tone; ü is v."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in bare if letter.isascii() and letter.isalpha())


def hong_kong(character: str) -> list[str]:
    """Return how names are spelled in Hong Kong, for the first two Cantonese readings."""
    import ToJyutping  # noqa: PLC0415 - a large table

    found = ToJyutping.get_jyutping_candidates(character)
    usual = [reading.rstrip("0123456789") for reading in (found[0][1] or [])[:2]]
    # A short a before n is written u as often as a after these: 振 Chun, 新 Sun, 芬 Fun, 斌 Bun.
    short = [f"{spelled(one)[:-2]}un" for one in usual if _SHORT.fullmatch(one)]
    return list(dict.fromkeys([*map(spelled, usual), *short]))


def spelled(syllable: str) -> str:
    """Return a Jyutping syllable in the usual spelling of Hong Kong."""
    match = _SYLLABLE.fullmatch(syllable)
    if match is None or syllable in {"m", "ng"}:
        return syllable
    initial, final = match.groups()
    if initial == "j" and final.startswith("yu"):
        return {"yu": "yu", "yun": "yuen", "yut": "yuet"}.get(final, final)
    return INITIALS[initial] + FINALS.get(final, final)


if __name__ == "__main__":
    main()
