"""Find the texts people read, and say which of them English readers cannot."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import write_po
from django.utils.translation import templatize

from chengxin.ui.translations import CATALOGUE, SOURCES, read_catalogue

HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
KEYWORDS = dict.fromkeys(["_", *(f"{n}gettext{lazy}" for n in ("", "n", "p") for lazy in ("", "_lazy", "_noop"))])
REFUSAL_TEXTS = frozenset({"what", "why", "next_step"})
MsgId = str | tuple[str, ...]


def texts_of(package: Path) -> dict[MsgId, str]:
    """Return the texts of one package with the file each is first seen in; tests are not read by people."""
    found: dict[MsgId, str] = {}
    for place, source, is_python in sources_of(package):
        for text in [*marked(source), *(refusal_texts(source) if is_python else ())]:
            found.setdefault(text, place)
    return found


def sources_of(package: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield each file of a package as its place, its Python source (of a template: what it marks), and which it is."""
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("templates/**/*.txt")]):
        place = path.relative_to(package)
        if "tests" in place.parts or "migrations" in place.parts:
            continue
        source = path.read_text(encoding="utf-8")
        is_python = path.suffix == ".py"
        yield str(place), source if is_python else templatize(source, origin=str(place)), is_python


def marked(source: str) -> Iterator[MsgId]:
    """Yield the texts given to gettext and its kin."""
    file = io.BytesIO(source.encode())
    for _line, name, messages, _comments in extract_python(file, KEYWORDS, (), {"encoding": "utf-8"}):
        given = messages if isinstance(messages, tuple) else (messages,)
        first = 1 if str(name).startswith("pgettext") else 0
        texts = tuple(str(text) for text in given[first:] if text)
        if texts:
            yield texts[:2] if str(name).startswith("ngettext") else texts[0]


def refusal_texts(source: str) -> Iterator[str]:
    """Yield the texts of `Refusal(...)`: a rule is pure and cannot translate, so they are taken as they stand."""
    for value in refusal_values(ast.parse(source)):
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield value.value


def composed_texts(source: str) -> Iterator[str]:
    """Yield the texts of refusals that are put together by the program, which no catalogue can know."""
    for value in refusal_values(ast.parse(source)):
        if isinstance(value, ast.JoinedStr) and HAN.search(ast.unparse(value)):
            yield ast.unparse(value)


def refusal_values(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what refusals of a module are told to say, given to `Refusal` itself or to a function that passes it on."""
    passed_on = dict(helpers(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = name_of(call)
        texts = REFUSAL_TEXTS if name == "Refusal" else passed_on.get(name, {}).keys()
        for word in call.keywords:
            if word.arg in texts:
                yield from branches(word.value)
        for place in passed_on.get(name, {}).values():
            if place < len(call.args):
                yield from branches(call.args[place])


def helpers(tree: ast.Module) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the functions that hand their own arguments to `Refusal` as texts, with the places of those arguments."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
        given = {
            word.value.id: names.index(word.value.id)
            for call in ast.walk(function)
            if isinstance(call, ast.Call) and name_of(call) == "Refusal"
            for word in call.keywords
            if word.arg in REFUSAL_TEXTS and isinstance(word.value, ast.Name) and word.value.id in names
        }
        if given:
            yield function.name, given


def branches(value: ast.expr) -> Iterator[ast.expr]:
    """Yield every text a value may be: both sides of a condition, all sides of an `or`."""
    if isinstance(value, ast.IfExp):
        yield from (*branches(value.body), *branches(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for side in value.values:
            yield from branches(side)
    else:
        yield value


def name_of(call: ast.Call) -> str:
    """Return the name of what is called, without where it comes from."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def shared_words() -> frozenset[MsgId]:
    """Return what `ui` translates for all packages."""
    path = SOURCES / "ui" / CATALOGUE
    return frozenset(key(message) for message in read_catalogue(path) if message.id) if path.exists() else frozenset()


def key(message: Message) -> MsgId:
    """Return a message's text or texts."""
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else str(message.id)


def extract(package: str) -> int:
    """Bring a package's catalogue up to date and return how many of its texts are still without English."""
    root = SOURCES / package
    path = root / CATALOGUE
    old = read_catalogue(path) if path.exists() else Catalog(locale="en", domain="django")
    shared = frozenset() if package == "ui" else shared_words()
    fresh = Catalog(locale="en", domain="django", project="Chengxin", fuzzy=False)
    fresh.creation_date = fresh.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    for text, place in sorted(texts_of(root).items(), key=lambda item: (item[1], str(item[0]))):
        if text not in shared:
            known = old.get(text if isinstance(text, str) else text[0])
            empty = "" if isinstance(text, str) else ("", "")
            # A text that becomes a pair of forms has to be said anew.
            kept = known.string if known and isinstance(known.string, str) == isinstance(text, str) else empty
            fresh.add(text, kept, locations=[(place, 0)])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=120, omit_header=False, include_lineno=False, sort_output=False)
    return sum(1 for message in fresh if message.id and not filled(message))


def filled(message: Message) -> bool:
    """Tell whether a message has all its English forms."""
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def check_translations() -> list[str]:
    """Return one line per problem: missing, empty, obsolete, still Chinese, or two packages that disagree."""
    problems: list[str] = []
    shared = shared_words()
    english: dict[MsgId, object] = {}
    for package in sorted(path for path in SOURCES.iterdir() if (path / "__init__.py").exists()):
        problems.extend(
            f"{package.name}/{place}: put together, write {{name}} and give values: {text}"
            for place, source, is_python in sources_of(package)
            if is_python
            for text in composed_texts(source)
        )
        used = {text: place for text, place in texts_of(package).items() if HAN.search(str(text))}
        path = package / CATALOGUE
        messages = {key(message): message for message in read_catalogue(path) if message.id} if path.exists() else {}
        name = package.name
        for text, place in used.items():
            if text not in messages and text not in shared:
                problems.append(f"{name}/{place}: missing: {text}")
        for text, message in messages.items():
            problems.extend(f"{name}: {fault}: {text}" for fault in faults(message, used=text in used))
            if english.setdefault(text, message.string) != message.string:
                problems.append(f"{name}: translated otherwise in another package: {text}")
    return problems


def faults(message: Message, *, used: bool) -> Iterator[str]:
    """Yield what is wrong with one message."""
    forms = [form or "" for form in (message.string if isinstance(message.string, (list, tuple)) else [message.string])]
    if not filled(message):
        yield "empty"
    if not used:
        yield "obsolete"
    if str(message.id).endswith("。") and any(form.endswith(" ") for form in forms):
        yield "a space at the end, which sentences() sets by itself"
    if any(HAN.search(form) for form in forms):
        yield "Chinese in the English text"
    placeholders = names_in(str(message.id))
    if filled(message) and any(names_in(form) != placeholders for form in forms):
        yield "other placeholders"


def names_in(text: str) -> set[str]:
    """Return the names of the values a text is to be filled with."""
    return {percent or brace for percent, brace in re.findall(r"%\((\w+)\)s|\{(\w+)\}", text)}
