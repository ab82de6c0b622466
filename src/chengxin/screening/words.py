"""The tables names are read by: regions, legal forms, trades, branches, surnames and their spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Final

from chengxin.kernel.text import fold
from chengxin.kernel.yaml_text import read_yaml
from chengxin.screening.points import Lexicon

NATIONAL: Final = 1
_LINE: Final = re.compile(r'^\s*(\d+) (?:county|province)="([^"]+)"')
# One number, several names in turn: [-1980]旅大市,[1981-]大连市. Numbers that are no longer given out changed hands.
_SPELL: Final = re.compile(r"(?:\[\d*-(\d*)\])?([^,\[\]]+)")
_BARE_MINIMUM: Final = 2
_BRACKETED: Final = re.compile(r"([^()（）]{2,60})[(（]([^()（）]{2,12})[)）]([^()（）]{2,12})")
_CODE_LENGTHS: Final = frozenset({2, 4, 6})


@dataclass(frozen=True)
class Words:
    """The tables of an enterprise name."""

    regions: Lexicon
    region_numbers: dict[str, int]
    legal_forms: Lexicon
    group_words: Lexicon
    branch_words: Lexicon
    trades: Lexicon
    branch_pattern: re.Pattern[str]
    legal_texts: tuple[str, ...]


@lru_cache(maxsize=1)
def read_words() -> dict[str, list[str]]:
    """Return the words of `words.yaml` by group."""
    text = files("chengxin.screening").joinpath("data", "words.yaml").read_text("utf-8")
    return {name: words.split() for name, words in read_yaml(text).items()}


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the tables, folded."""
    groups = read_words()
    regions = _regions()
    legal = sorted({fold(word) for word in groups["legal_forms"]}, key=len, reverse=True)
    branch = sorted(groups["branch_words"], key=len, reverse=True)
    ends = "|".join(
        sorted(set(legal) | {"银行", "医院", "学院", "大学", "集团", "事务所", "研究院"}, key=len, reverse=True)
    )
    return Words(
        regions=Lexicon.of(regions),
        region_numbers=regions,
        legal_forms=Lexicon.of(dict.fromkeys(legal, 1)),
        group_words=Lexicon.of(dict.fromkeys(groups["group_words"], 1)),
        branch_words=Lexicon.of(dict.fromkeys(branch, 1)),
        trades=Lexicon.of(dict.fromkeys(groups["trades"], 1)),
        branch_pattern=re.compile(rf"^(.{{2,}}(?:{ends}))(.{{0,16}}?(?:{'|'.join(branch)}))$"),
        legal_texts=tuple(legal),
    )


@lru_cache(maxsize=10_000)
def region_number(text: str) -> int:
    """Return the GB/T 2260 number of a region said by its code or its names, -1 for none that is known."""
    said = text.strip()
    if said.isdecimal() and len(said) in _CODE_LENGTHS:
        return int(said.ljust(6, "0"))
    known, number, rest = words().region_numbers, -1, fold(said)
    while found := next((rest[:end] for end in range(len(rest), 1, -1) if rest[:end] in known), ""):
        number, rest = known[found], rest[len(found) :]
    return number


def region_first(written: str) -> str:
    """Return a name with a region in brackets before its legal form as if the name began with it.

    禾木商贸（云南）有限公司 is 云南禾木商贸有限公司, unless another region leads the name.
    """
    if "(" not in written and "（" not in written:
        return written
    found = _BRACKETED.fullmatch(written)
    if found is None:
        return written
    head, region, rest = found.groups()
    known = words().region_numbers
    leads = any(fold(head)[:end] in known for end in range(_BARE_MINIMUM, 8))
    return region + head + rest if fold(region) in known and fold(rest) in _forms() and not leads else written


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    groups = [*map(fold, read_words()["group_words"]), ""]
    return frozenset(group + form for group in groups for form in words().legal_texts)


@lru_cache(maxsize=1)
def _regions() -> dict[str, int]:
    """Return folded names of regions, long and short, and their GB/T 2260 numbers; the nation is 1."""
    long: dict[str, int] = {}
    renamed: dict[str, int] = {}
    over: dict[str, int] = {}
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text("utf-8").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        code, said = match.groups()
        province = code if len(code) == 2 else province
        number = int(code + "0000") if len(code) == 2 else int(province + code)
        *former, (ended, name) = _SPELL.findall(said)
        if name not in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}:
            known = over if ended else long
            known.setdefault(fold(name), number)
            renamed.update({fold(old): number for _, old in former if not ended})
    names = dict.fromkeys((fold(word) for word in read_words()["national"]), NATIONAL)
    for name, number in (*long.items(), *over.items(), *renamed.items()):
        names.setdefault(name, number)
    peoples = "|".join(read_words()["peoples"])
    ending = re.compile(rf"(?:{peoples})*(?:特别行政区|自治区|自治州|自治县|地区|林区|省|市|盟|县|区|旗)$")
    ordinary = frozenset(read_words()["ordinary_places"])
    # Short names, the larger region first, what is over last: 吉林 is the province, 朝阳 the city, 襄阳 of today.
    for name, number in (*sorted(long.items(), key=_rank), *sorted(over.items(), key=itemgetter(1))):
        short = ending.sub("", name)
        short = short if len(short) >= _BARE_MINIMUM else name.removesuffix("自治区")
        if len(short) >= _BARE_MINIMUM and (number % 100 == 0 or (name.endswith("市") and short not in ordinary)):
            names.setdefault(short, number)
    return names


def _rank(region: tuple[str, int]) -> tuple[bool, bool, int]:
    _name, number = region
    return number % 10000 > 0, number % 100 > 0, number


@dataclass(frozen=True)
class Spellings:
    """How surnames are spelled abroad, by surname."""

    surnames: dict[str, tuple[str, ...]]
    compounds: frozenset[str]


@lru_cache(maxsize=1)
def spellings() -> Spellings:
    """Return the romanised surnames, and the surnames of two characters."""
    found: dict[str, tuple[str, ...]] = {}
    for line in files("chengxin.screening").joinpath("data", "surnames.tsv").read_text("utf-8").splitlines():
        surname, _, spelled = line.partition("\t")
        found[fold(surname)] = tuple(dict.fromkeys((*found.get(fold(surname), ()), *spelled.split())))
    compounds = read_words()["compound_surnames"]
    return Spellings(surnames=found, compounds=frozenset(map(fold, compounds)))
