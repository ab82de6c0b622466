"""What was answered can be answered again, whatever came since; the log keeps no name and no number."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest

from chengxin.access import facade as access
from chengxin.cli.main import build_parser
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import FIRM, entry_of, listed, settle
from chengxin.matching import facade, models, replaying
from chengxin.matching.contracts import Answer, Same
from chengxin.matching.history import find_answer, rebuilt
from chengxin.matching.people import READER
from chengxin.matching.rules import PURPOSE
from chengxin.matching.tests.conftest import NAME, ask, enterprise, person
from chengxin.matching.tests.test_persons import LATER as PERSON_LATER
from chengxin.matching.tests.test_persons import NUMBER, lin
from chengxin.matching.tests.test_screening import mark
from chengxin.records.contracts import MarkKind
from chengxin.retention import facade as retention
from chengxin.screening.contracts import COLUMNS, Query
from chengxin.screening.facade import save
from chengxin.subjects.operators import rename_operator

__all__ = ["lin"]
LATER = SERVED + timedelta(minutes=5)
QUERIES = (
    enterprise(NAME, uscc=FIRM)._replace(id="code"),
    enterprise(" 雲汀禾木商貿 ")._replace(id="name"),
    enterprise("云汀松岚纺织有限公司")._replace(id="none"),
    person("林禾舟", "390101199001010017")._replace(id="lin"),
)


@pytest.fixture
def answered(market: Office, firm: Actor, slip: Path, finance: Office, kept: Callable[[datetime], None]) -> Answer:
    """Return an answer from a large segment and a small one: the firm was listed after the index was built."""
    facade.KEEPER.current(at=SERVED)
    listed(market, slip)
    return ask(finance.clerk, *QUERIES)


def reading() -> AbstractContextManager[None]:
    return access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE)


def swept(at: datetime) -> tuple[int, int]:
    kinds = ("match_answer", "match_index")
    done = retention.sweep(now=at, rules=[rule for rule in retention.list_rules() if rule.kind in kinds])
    return done["match_answer"], done["match_index"]


def again(answer: Answer, *queries: Query) -> dict[str, Same]:
    return dict(facade.replay(answer.id, queries or QUERIES, now=LATER).rows)


def an_operator_replays_a_batch_from_a_file_of_its_queries(
    answered: Answer, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pl.DataFrame([*QUERIES[:3], enterprise("乙")], schema=list(COLUMNS), orient="row").write_csv(file)
    arguments = build_parser().parse_args(["replay", str(answered.id), "--queries", str(file), "--json"])
    assert arguments.run(arguments) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == {"code": "same", "name": "same", "none": "same", "q": "unknown"}
    assert (said["index"], said["rules"]) == (answered.index, answered.rules)


@pytest.mark.clause("P5.2d")
def test_an_answer_is_the_same_again_after_the_list_has_changed_from_an_index_of_the_same_bytes(
    answered: Answer, firm: Actor, market: Office, finance: Office, tmp_path: Path
) -> None:
    then = facade.KEEPER.current(at=SERVED)
    assert [row.outcome for row in answered.rows] == ["hits", "hits", "none", "unanswered"]
    same = {"code": Same.SAME, "name": Same.SAME, "none": Same.SAME, "lin": Same.BY_NUMBER}
    assert again(answered) == same
    mark(market, firm, MarkKind.REPAIRED)
    settle(LATER)
    facade.KEEPER.forget()
    assert ask(finance.clerk, *QUERIES, at=LATER).rows[0].outcome == "none"
    assert again(answered) == same
    with reading():
        base, _ = rebuilt(answered.index.partition("+")[0])
        came, _ = rebuilt(answered.index.partition("+")[2], like=base)
    assert base is not None
    assert came is not None
    assert then.came is not None
    for name, old, new in (("base", then.base.segment, base), ("came", then.came.segment, came)):
        for place, segment in (("old", old), ("new", new)):
            save(segment, tmp_path / name / place)
        old_files, new_files = (
            {file.name: file.read_bytes() for file in sorted((tmp_path / name / place).iterdir())}
            for place in ("old", "new")
        )
        assert old_files == new_files
        assert len(old_files) > 40


@pytest.mark.clause("P5.2d")
def test_an_answer_after_a_renaming_is_the_same_again(standing: Actor, firm: Actor, finance: Office) -> None:
    facade.KEEPER.current(at=SERVED)
    assert firm.subject_id is not None
    rename_operator(firm.subject_id, "云汀岚舟乐器有限公司", on=LATER.date(), now=LATER)
    asked = [Query("new", "enterprise", "云汀岚舟乐器有限公司"), Query("old", "enterprise", NAME)]
    answer = ask(finance.clerk, *asked, at=LATER)
    assert [len(row.hits) for row in answer.rows] == [1, 1]
    assert "+" in answer.index
    assert again(answer, *asked) == {"new": Same.SAME, "old": Same.SAME}


@pytest.mark.clause("P5.2d")
def test_a_query_that_was_not_asked_other_rules_and_a_log_that_was_touched_are_not_called_the_same(
    answered: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    an_operator_replays_a_batch_from_a_file_of_its_queries(answered, tmp_path / "queries.csv", capsys)
    other = enterprise(NAME + "甲", uscc=FIRM)._replace(id="other")
    assert again(answered, other, QUERIES[0]) == {"other": Same.UNKNOWN, "code": Same.SAME}
    with pytest.raises(Refused, match="MATCH-GONE"):
        facade.replay(UUID(int=1), QUERIES, now=LATER)
    with reading():
        found = find_answer(answered.id)
        assert found is not None
        index = replaying._index_of(found)
        entry, version, rule, score, tier, action, tag = found.hits["0"][0]
        for said in (
            [entry, version, rule, 0.9, tier, action, tag],
            [entry, version, "name_exact", score, tier, action, tag],
            [str(UUID(int=1)), version, rule, score, tier, action, tag],
            [entry, version, rule, score, tier, action, "0" * 16],
        ):
            found.hits["0"] = [said]
            assert replaying._compared(found, index, QUERIES[:1]) == [("code", Same.DIFFERENT)]
        none = zlib.compress(bytes(1))
        models.Segment.objects.filter(version=found.came_id).update(lines=none)
    with pytest.raises(Refused, match="MATCH-ALTERED"):
        again(answered)
    monkeypatch.setattr(replaying, "RULES_VERSION", "2027-01.1")
    with pytest.raises(Refused, match="MATCH-RULES"):
        again(answered)


@pytest.mark.clause("P5.2d")
def test_the_log_keeps_no_name_no_number_and_no_entry_of_a_person_and_nobody_but_the_platform_reads_it(
    lin: Actor, market: Office
) -> None:
    asked = [person("林禾舟", NUMBER), enterprise(NAME, uscc=FIRM)]
    answer = ask(market.clerk, *asked, at=PERSON_LATER, purpose="serious_office")
    assert [row.outcome for row in answer.rows] == ["hits", "unanswered"]
    with reading():
        (row,) = models.Answer.objects.values()
    assert (len(row["tags"]), row["outcomes"], list(row["hits"])) == (32, "hu", ["0"])
    assert row["hits"]["0"][0][0] == ""
    kept = repr(row)
    assert not [
        word for word in ("林禾舟", NUMBER, NAME, FIRM, str(entry_of(lin).id), str(lin.subject_id)) if word in kept
    ]
    for actor, channel in ((market.clerk, Channel.BODY), (market.approver, Channel.BODY), (lin, Channel.SELF)):
        with access.acting_for(actor, channel=channel, purpose=PURPOSE):
            assert [models.Answer.objects.count(), models.Line.objects.count(), models.Segment.objects.count()] == [
                0
            ] * 3


@pytest.mark.clause("P5.2d")
def test_an_answer_and_its_index_end_after_three_years_and_not_before(answered: Answer, settings: Any) -> None:
    settings.LAW_PACK = "national"  # The other pack ends before.
    assert again(answered)["code"] is Same.SAME
    whole = (1, 2)
    for days, gone, left in ((1096, (0, 0), whole), (1097, (1, 0), (0, 2)), (1098, (0, 3), (0, 0))):
        assert swept(SERVED + timedelta(days=days)) == gone, days
        with reading():
            answers = models.Answer.objects.exclude(outcomes="", tags=b"", hits={}).count()
            segments = models.Segment.objects.exclude(lines=b"").count()
        assert (answers, segments) == left, days
    with reading():
        assert list(models.Line.objects.values_list("name", "alias", "uscc", "digest")) == [("", "", "", None)]
    with pytest.raises(Refused, match="MATCH-GONE"):
        again(answered)
