"""What a declaration may say, and the procedures the packages bring."""

from pathlib import Path

import pytest
import yaml
from django.utils.module_loading import import_string

from chengxin.casework.facade import get_procedure
from chengxin.casework.procedures import BadProcedure, read_procedure
from chengxin.law.facade import get_entry
from chengxin.notices.facade import fill

HERE = Path(__file__).parent
TEXT = (HERE / "procedures" / "lost_property.yaml").read_text(encoding="utf-8")
PACKAGES = HERE.parent.parent
DECLARED = sorted(PACKAGES.glob("*/procedures/*.yaml"))


def changed(**verb: object) -> str:
    row = yaml.safe_load(TEXT)
    row["verbs"]["refuse"] |= verb
    return yaml.safe_dump(row)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (changed(to="nowhere"), "nowhere"),
        (changed(**{"from": ["returned"]}), "final state returned"),
        (changed(who={"roles": ["case_officer"], "relation": "friend"}), "friend"),
        (changed(who={"roles": [], "relation": "own_body"}), "names nobody"),
        (changed(notices=[{"to": "press", "text": "outside"}]), "press"),
        (changed(colour="red"), "colour"),
        (changed(remedies=["prayer"]), "no remedy prayer"),
        (TEXT.replace("initial: reported", "initial: lost"), "lost"),
        (TEXT.replace("pauses: [asked]", "pauses: [asleep]"), "asleep"),
        (TEXT.replace("verbs:", "acts:"), "acts"),
        (TEXT.replace("tone: done, final: true", "tone: done, final: true, rests: true"), "does not rest"),
        (TEXT.replace("from: [asked]", "from: [reported]"), "asked has no way out"),
    ],
)
def test_a_declaration_that_leads_nowhere_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(BadProcedure, match=says):
        read_procedure(text, source="lost_property.yaml")


@pytest.mark.parametrize(
    "verb",
    [
        {"needs": []},
        {"four_eyes": []},
        {"remedies": []},
        {"who": {"roles": ["case_officer", "platform"], "relation": "own_body"}},
        {"who": {"roles": ["client"], "relation": "own_body"}},
    ],
)
def test_redline_11_no_procedure_can_declare_an_adverse_act_without_person_second_pair_of_eyes_reasons_and_remedy(
    verb: dict,
) -> None:
    with pytest.raises(BadProcedure, match="red line 11"):
        read_procedure(changed(**verb))


@pytest.mark.parametrize("file", DECLARED, ids=lambda file: file.stem)
def test_every_declared_procedure_can_be_read_and_its_clocks_are_keys_of_law(file: Path) -> None:
    procedure = read_procedure(file.read_text(encoding="utf-8"), source=file.name)
    assert procedure.code == file.stem
    for clock in procedure.clocks:
        get_entry(clock.key)


def test_the_three_procedures_of_the_ground_are_declared() -> None:
    assert {file.stem for file in DECLARED} >= {"batch_approval", "identity_review", "withdrawal"}


def test_withdrawal_needs_a_second_person_and_ends_within_the_legal_days() -> None:
    procedure = get_procedure("withdrawal")
    assert {clock.key for clock in procedure.clocks} == {"withdrawal.internal", "withdrawal.outer"}
    assert all(verb.four_eyes and verb.needs for verb in procedure.verbs.values())
    assert callable(import_string(procedure.verbs["withdraw"].effect))


def test_an_unknown_procedure_or_version_is_an_error() -> None:
    with pytest.raises(LookupError):
        get_procedure("no_such_thing")
    with pytest.raises(LookupError):
        get_procedure("withdrawal", version=9)


def test_every_notice_of_a_declared_procedure_has_a_text_in_both_languages() -> None:
    for file in DECLARED:
        for verb in read_procedure(file.read_text(encoding="utf-8")).verbs.values():
            for notice in verb.notices:
                for language in ("zh", "en"):
                    assert fill(notice.text, {"number": "CH1"}, language=language).body
