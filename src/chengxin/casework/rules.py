"""May this verb be taken in this case, by this actor, with what they hand in?"""

from __future__ import annotations

from collections.abc import Collection

from chengxin.access.contracts import BEYOND_SCOPE, RELATIONS, Resource, is_person
from chengxin.casework.clocks import applies
from chengxin.casework.contracts import Case, FourEyes, Need, Procedure, Verb
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

REASONS_LENGTH = 2000


@cites("PIPL/24", "APL/40")
def why_not(
    case: Case,
    *,
    procedure: Procedure,
    verb: Verb,
    actor: Actor,
    reasons: str,
    evidence: tuple[str, ...],
    last_actor: str,
    unopened: Collection[str],
    taken: Collection[str] = (),
    previous_reasons: str = "",
) -> Refusal | None:
    """Return why a verb may not be taken, or None when it may.

    `last_actor` took the step before; `unopened` are papers of the case this actor has not opened; `taken` the verbs
    taken so far; `previous_reasons` what this actor wrote in the last other case it decided.
    """
    return (
        _why_not_now(case, procedure, verb)
        or _why_not_again(verb, taken)
        or _why_not_actor(case, verb, actor)
        or _why_not_second(case, verb, actor, last_actor)
        or _why_not_complete(verb, reasons, evidence, unopened)
        or _why_not_own(verb, reasons, previous_reasons)
    )


def _why_not_now(case: Case, procedure: Procedure, verb: Verb) -> Refusal | None:
    if not applies(verb.applies, case.facts):
        return Refusal(
            code="CASE-NOT-OFFERED",
            what="这件事在这件案件里不能这样办理。",
            why="这一类案件只供查看，或者没有这一步。",
            next_step="要处理的，请依照本单位自己的程序另行办理。",
        )
    if case.state in verb.from_states and not case.is_closed:
        return None
    return Refusal(
        code="CASE-STATE",
        what="这件事现在不能这样办理。",
        why="案件目前的状态是“{state}”。",
        next_step="请刷新页面，查看案件的最新进展。",
        values={"state": procedure.states[case.state].title.zh},
    )


def _why_not_again(verb: Verb, taken: Collection[str]) -> Refusal | None:
    if not verb.once or verb.code not in taken:
        return None
    return Refusal(
        code="CASE-ONCE",
        what="这一步在一件案件里只能办一次。",
        next_step="请按目前的状态继续办理。",
    )


def _why_not_own(verb: Verb, reasons: str, previous: str) -> Refusal | None:
    """Refuse reasons that are those of the case before, word for word: each case is looked at for itself."""
    if Need.OWN_REASONS not in verb.needs or not previous or _folded(reasons) != _folded(previous):
        return None
    return Refusal(
        code="CASE-SAME-REASONS",
        what="理由和您上一件案件的完全相同。",
        why="每件案件要写明它自己的事实和依据，不能成批照抄。",
        next_step="请写出这一件的事实：看了哪些材料，为什么这样决定。",
        field="reasons",
    )


def _folded(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).casefold()


def _why_not_actor(case: Case, verb: Verb, actor: Actor) -> Refusal | None:
    resource = Resource(kind="case", body=case.body, parties=case.parties, subject_id=case.ref.subject_id)
    if actor.standing(f"{case.procedure}.{verb.code}") & verb.roles and RELATIONS[verb.relation](actor, resource):
        in_hand = case.assigned_to in {"", actor.key}
        if in_hand or actor.subject_id is not None or actor.has(Role.PLATFORM):
            return None
        return Refusal(
            code="CASE-IN-OTHER-HANDS",
            what="这件案件正由另一位同事办理。",
            why="同一时间只由一人经办。",
            next_step="请联系经办人转办，或者等案件退回待办。",
        )
    if actor.is_representative:
        return BEYOND_SCOPE
    return Refusal(
        code="A-NO-RIGHT",
        what="您的岗位没有这项权限。",
        next_step="如果工作需要，请向本单位的安全管理员申请。",
    )


def _why_not_second(case: Case, verb: Verb, actor: Actor, last_actor: str) -> Refusal | None:
    if verb.is_adverse and not is_person(actor):
        return Refusal(
            code="CASE-NO-PERSON",
            what="不利的决定必须由具名的工作人员作出。",
            why="程序只能提出建议，不能替人决定。",
            next_step="请由承办人登录后办理。",
            basis=("PIPL/24",),
        )
    kept_away = {
        FourEyes.OPENER: case.opened_by,
        FourEyes.PROPOSER: case.proposed_by,
        FourEyes.LAST_ACTOR: last_actor,
    }
    if actor.key in {kept_away[eyes] for eyes in verb.four_eyes}:
        return Refusal(
            code="A-FOUR-EYES",
            what="这件事需要由另一个人决定。",
            why="提出的人和决定的人不能是同一人。",
            next_step="请转给本单位另一位有审核权的同事。",
        )
    return None


def _why_not_complete(verb: Verb, reasons: str, evidence: tuple[str, ...], unopened: Collection[str]) -> Refusal | None:
    if (verb.needs & {Need.REASONS, Need.OWN_REASONS} or verb.is_adverse) and not reasons.strip():
        return Refusal(
            code="CASE-REASONS",
            what="请写明理由。",
            why="当事人会看到您的理由，并可据此申请复核。",
            next_step="用一两句话说明事实和依据。",
            field="reasons",
        )
    if len(reasons) > REASONS_LENGTH:
        return Refusal(
            code="CASE-REASONS-LONG",
            what="理由太长了。",
            next_step="请控制在2000字以内，其余作为材料提交。",
            field="reasons",
        )
    if Need.EVIDENCE in verb.needs and not evidence:
        return Refusal(
            code="CASE-EVIDENCE", what="请附上材料。", next_step="上传至少一份材料后再提交。", field="evidence"
        )
    if Need.OPENED_EVIDENCE in verb.needs and unopened:
        return Refusal(
            code="CASE-UNOPENED",
            what="还有{count}份材料没有打开看过。",
            why="决定之前要看过全部材料。",
            next_step="请逐一打开材料，再作决定。",
            values={"count": str(len(unopened))},
        )
    return None
