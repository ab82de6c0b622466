"""A refusal as a page for people, or as problem+json (RFC 9457) for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.ui.contracts import Page
from chengxin.ui.formats import aside, day, reads_english, sentences
from chengxin.ui.menus import may_open

PROBLEM = "application/problem+json"
ABSENT = "ABSENT"
STATUSES = {
    ABSENT: 404,
    "SIGN_IN_REQUIRED": 401,
    "A-SIGNATURE": 401,
    "A-REPLAYED": 401,
    "F-GONE": 410,
    "A-FILES-GONE": 410,
    "MATCH-BUSY": 429,
    "MATCH-FORMAT": 415,
    "TOO_LARGE": 413,
    "TOO_MANY": 429,
}
OTHERWISE = 422
FAULTS = 500
SIGN_IN = "SIGN_IN_REQUIRED"
OF_OTHERS = frozenset({SIGN_IN, "A-NO-RIGHT"})
"""What somebody who has signed in is refused because of who they are: 403 on every page."""


def wants_problem(request: HttpRequest) -> bool:
    """Tell whether the asker is a program: an address of the API, or a header that prefers JSON to HTML."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", PROBLEM, "application/json"]) in {PROBLEM, "application/json"}


def say(refusal: Refusal, text: str) -> str:
    """Return one sentence of a refusal in the reader's language, its values filled in."""
    return refusal.filled(gettext(text), written=day) if text else ""


def words_of(refusal: Refusal) -> dict[str, str]:
    """Return what, why and next step in the reader's language."""
    return {
        "what": say(refusal, refusal.what),
        "why": say(refusal, refusal.why),
        "next_step": say(refusal, refusal.next_step),
    }


def line_of(refusal: Refusal) -> str:
    """Return a refusal as one line in the reader's language: what, why, what to do, code."""
    return sentences(words_of(refusal).values()) + aside(refusal.code)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status a refusal leaves with unless the door says otherwise."""
    return STATUSES.get(refusal.code, OTHERWISE)


def refusal_response(request: HttpRequest, refusal: Refusal, status: int | None = None) -> HttpResponse:
    """Answer a request with a refusal, in the form the asker reads."""
    status = status or status_of(refusal)
    if refusal.code == ABSENT:
        return error_page(request, 404)
    if wants_problem(request):
        return problem_response(refusal, status)
    if refusal.code in OF_OTHERS:
        return _answer_another(request, refusal)
    return page_response(request, refusal, 403 if status == OTHERWISE and _is_kept_from(request) else status)


def problem_response(refusal: Refusal, status: int) -> HttpResponse:
    """Answer with problem+json; `type` is a name, not an address to fetch. What is absent says nothing of itself."""
    refusal = ERRORS[404] if refusal.code == ABSENT else refusal
    words = words_of(refusal)
    body: dict[str, Any] = {
        "type": f"urn:chengxin:refusal:{refusal.code}",
        "title": words["what"],
        "status": status,
        "detail": sentences((words["why"], words["next_step"])),
        "code": refusal.code,
    }
    if refusal.basis:
        body["basis"] = list(refusal.basis)
    if refusal.retry_on:
        body["retry_on"] = refusal.retry_on.isoformat()
    if refusal.field:
        body["field"] = refusal.field
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=f"{PROBLEM}; charset=utf-8")


def error_refusal(status: int) -> Refusal:
    """Return what the platform says when a request fails for a reason that is no rule of the law."""
    return ERRORS.get(status, ERRORS[500])


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Answer a request that failed."""
    refusal = error_refusal(status)
    if wants_problem(request):
        return problem_response(refusal, status)
    if status == STATUSES[ABSENT] and _is_kept_from(request):
        return page_response(request, FOR_ANOTHER, 403)
    return page_response(request, refusal, status)


def page_response(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    """Answer with a page; after a fault it is drawn without menus, which could fail again."""
    words = words_of(refusal)
    title = words["what"].rstrip("。.")
    page = Page(title=title, heading_hidden=True)
    named = [law.name_of(citation) for citation in refusal.basis]
    context = {
        "page": page,
        "refusal": refusal,
        "words": words,
        "basis": [name.en if reads_english() else name.zh for name in named],
        "bare": status >= FAULTS,
        "sign_in": _way_in(request) if refusal.code == SIGN_IN else "",
    }
    return HttpResponse(render_to_string("ui/refusal.html", context, request), status=status)


def _has_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _is_kept_from(request: HttpRequest) -> bool:
    """Tell whether somebody has signed in and asks for a page of the menus that is for another account or post."""
    return _has_signed_in(request) and not may_open(request, request.path)


def _answer_another(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer whom a page is not for: 403 and whose it is, or 401 and the way in where nobody has signed in."""
    if _has_signed_in(request):
        return page_response(request, _for_another(refusal), 403)
    return page_response(request, refusal if refusal.code == SIGN_IN else SIGN_FIRST, STATUSES[SIGN_IN])


def _for_another(refusal: Refusal) -> Refusal:
    """Return what a page that asks for a sign-in says to somebody who has signed in; what to do stays."""
    if refusal.code != SIGN_IN:
        return refusal
    return replace(FOR_ANOTHER, next_step=refusal.next_step or FOR_ANOTHER.next_step, basis=refusal.basis)


def _way_in(request: HttpRequest) -> str:
    """Return where the reader signs in and comes back to this page; a form that was sent away is not sent again."""
    if _has_signed_in(request):
        return ""  # With another account: the header has the way out.
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return reverse(settings.LOGIN_URL) + back


SIGN_FIRST = Refusal(
    code=SIGN_IN,
    what="请先登录。",
    why="这一页是为有账户的人准备的。",
    next_step="登录以后会回到这一页。",
)
FOR_ANOTHER = Refusal(
    code=SIGN_IN,
    what="您登录的这个账户不办这件事。",
    why="这一页是为别的账户或者岗位准备的。",
    next_step="请退出以后，用办这件事的账户登录。",
)
KEYS_AWAY = Refusal(
    code="KEYS_AWAY",
    what="个人信息暂时打不开。",
    why="保管密钥的服务现在没有应答；没有它，任何人都看不到个人信息，这次也没有查看任何内容。",
    next_step="请过几分钟再试；不含个人信息的公开页面照常使用。",
)
ERRORS = {
    400: Refusal(
        code="BAD_REQUEST",
        what="这个请求缺少内容，或者内容不完整。",
        why="可能是链接被截断，或者页面打开得太久。",
        next_step="请返回上一页重新打开，再试一次。",
    ),
    403: Refusal(
        code="FORBIDDEN",
        what="这次提交没有通过安全核对。",
        why="页面可能打开得太久，或者浏览器没有保存本站的 Cookie。",
        next_step="请重新打开页面再提交；您刚才填写的内容没有被处理。",
    ),
    404: Refusal(
        code=ABSENT,
        what="没有找到您要的内容。",
        why="地址可能有误，内容可能已经到期下线，或者您没有查看它的权限。",
        next_step="请核对地址，或者从首页用名称、统一社会信用代码重新查询。",
    ),
    405: Refusal(
        code="METHOD_NOT_ALLOWED",
        what="这个地址不接受这种请求方式。",
        next_step="请从页面上的链接或按钮重新进入。",
    ),
    413: Refusal(
        code="TOO_LARGE",
        what="提交的内容超过了大小上限。",
        why="文件太大，系统没有接收它。",
        next_step="请把文件拆成几份，或者压缩后再提交。",
    ),
    429: Refusal(
        code="TOO_MANY",
        what="您在短时间内请求的次数较多。",
        why="为了让所有人都能正常使用，系统暂时不再回答。",
        next_step="请等一分钟再试；已经提交的内容不受影响。",
    ),
    500: Refusal(
        code="FAULT",
        what="这一步没有办成，是平台的问题，不是您的问题。",
        why="处理时出现了故障，工作人员已经收到记录。",
        next_step="您可以稍后再试；没有看到办理结果的内容，都没有被保存。",
    ),
    503: Refusal(
        code="UNAVAILABLE",
        what="平台暂时不能提供服务。",
        why="可能正在维护，或者数据库暂时连接不上。",
        next_step="请过几分钟再试；已经提交并得到编号的事项不受影响。",
    ),
}
