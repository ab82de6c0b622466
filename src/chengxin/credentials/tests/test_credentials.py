"""A credential is read by the reference implementation, bound to its holder, and checked without being seen."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from jwcrypto.jwk import JWK
from playwright.sync_api import Page
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.archives.tests.test_pages import keep
from chengxin.audit import facade as audit
from chengxin.credentials import facade, models
from chengxin.credentials.contracts import Status
from chengxin.credentials.sdjwt import PLACES
from chengxin.credentials.tests.conftest import NOW, Office, citizen, sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin_verify import main as verifier
from chengxin_verify.credential import Checked, check_credential, read_jwks
from chengxin_verify.notes import Unproven

ISSUER = "https://credit.example.org"
HOLDER = JWK.generate(kty="EC", crv="P-256")
WALLET = Ed25519PrivateKey.generate()
AUDIENCE, NONCE = "https://rent.example.org", "n-0S6_WzA2Mj"


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def wallet_key() -> str:
    return json.dumps({"kty": "OKP", "crv": "Ed25519", "x": encode(WALLET.public_key().public_bytes_raw())})


def issue(lin: Actor, *, chosen: tuple[str, ...] = ("no_serious",), key: str = "", now: datetime = NOW) -> str:
    key = key or HOLDER.export_public()
    return facade.issue(lin, chosen=chosen, key=key, issuer=ISSUER, now=now).text


def keys() -> dict[str, Any]:
    return dict(read_jwks(json.dumps(facade.issuer_keys())))


def shown(text: str, *, nonce: str = NONCE, audience: str = AUDIENCE, at: datetime = NOW) -> str:
    """Present a credential with the wallet's key."""
    bound = {
        "iat": int(at.timestamp()),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": encode(hashlib.sha256(text.encode()).digest()),
    }
    return text + jwt.encode(bound, WALLET, algorithm="EdDSA", headers={"typ": "kb+jwt"})


def check(text: str, *, at: datetime = NOW, status: str | None = None, **told: str) -> Checked:
    told = {"audience": AUDIENCE, "nonce": NONCE} | told
    return check_credential(text, keys(), now=at.timestamp(), status=status, **told)


def uri_of(text: str) -> UUID:
    said = jwt.decode(text.split("~", maxsplit=1)[0], options={"verify_signature": False})
    return UUID(said["status"]["status_list"]["uri"].rsplit("/", 1)[1])


def mark(lin: Actor, market: Office, kind: MarkKind) -> UUID:
    assert lin.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        (record,) = records.list_of_subject(lin.subject_id)
        return records.mark(
            subject_id=lin.subject_id,
            record_id=record.record_id,
            kind=kind,
            reason="核实",
            reference="T-1",
            actor=market.approver,
            now=NOW,
        )


@pytest.mark.clause("P4.2a")
def test_the_reference_implementation_reads_it_and_it_says_nothing_more_than_the_claim(lin: Actor) -> None:
    text = issue(lin)
    issuer = JWK(**facade.issuer_keys()["keys"][0])
    said = SDJWTVerifier(text, lambda _issuer, _header: issuer).get_verified_payload()
    assert said.pop("status")["status_list"]["idx"] in range(PLACES)
    assert said.pop("cnf") == {"jwk": HOLDER.export_public(as_dict=True)}
    assert said == {
        "iss": ISSUER,
        "vct": "urn:chengxin:credential:claims:1",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(days=30)).timestamp()),
        "as_of": "2026-11-23",
        "no_serious": True,
    }
    for secret in ("林禾舟", "390101199001010017", str(lin.subject_id)):
        assert secret not in text


def test_its_holder_discloses_it_bound_and_both_verifiers_accept_exactly_that(lin: Actor) -> None:
    holder = SDJWTHolder(issue(lin))
    holder.create_presentation({"no_serious": True}, nonce=NONCE, aud=AUDIENCE, holder_key=HOLDER)
    text = holder.sd_jwt_presentation
    issuer = JWK(**facade.issuer_keys()["keys"][0])
    SDJWTVerifier(text, lambda _issuer, _header: issuer, expected_aud=AUDIENCE, expected_nonce=NONCE)
    now = datetime.now(NOW.tzinfo)  # the reference implementation binds by the clock on the wall
    binding = text.rsplit("~", 1)[1]
    assert jwt.get_unverified_header(binding)["typ"] == "kb+jwt"
    checked = check(shown(issue(lin, key=wallet_key())))
    assert (checked.issuer, checked.claims, checked.is_bound) == (
        ISSUER,
        {"as_of": "2026-11-23", "no_serious": True},
        True,
    )
    if now < NOW + timedelta(days=29):
        bound = check_credential(text, keys(), now=now.timestamp(), audience=AUDIENCE, nonce=NONCE)
        assert bound.claims["no_serious"] is True


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"audience": "https://else.example.org"}, "somebody else"),
        ({"nonce": "old"}, "another occasion"),
        ({"audience": "", "nonce": ""}, "say which"),
    ],
)
def test_what_was_bound_for_another_occasion_is_refused(lin: Actor, told: dict[str, str], why: str) -> None:
    with pytest.raises(Unproven, match=why):
        check(shown(issue(lin, key=wallet_key())), **told)


def test_without_its_key_after_its_time_or_with_a_claim_too_many_it_proves_nothing(lin: Actor) -> None:
    text = issue(lin, key=wallet_key())
    with pytest.raises(Unproven, match="not bound"):
        check(text)
    with pytest.raises(Unproven, match="too long ago"):
        check(shown(text), at=NOW + timedelta(minutes=6))
    late = NOW + timedelta(days=30)
    with pytest.raises(Unproven, match="at this moment"):
        check(shown(text, at=late), at=late)
    forged = text + encode(json.dumps(["salt", "is_rich", True]).encode()) + "~"
    with pytest.raises(Unproven, match="not signed by the issuer"):
        check(shown(forged))
    hidden = text.split("~")[0] + "~"
    assert check(shown(hidden)).claims == {"as_of": "2026-11-23"}


def test_a_thousand_changes_are_all_refused(lin: Actor) -> None:
    text = shown(issue(lin, key=wallet_key()))
    status = facade.signed_list(uri_of(text), now=NOW)
    assert check(text, status=status).claims["no_serious"] is True
    lot, signs = random.Random(11), string.ascii_letters + string.digits + "-_.~"
    tried = refused = 0
    while tried < 1_200:
        of_status = tried % 6 == 0
        old = status if of_status else text
        place = lot.randrange(len(old))
        sign = lot.choice(signs)
        changed = {
            0: old[:place] + sign + old[place + 1 :],
            1: old[:place] + old[place + 1 :],
            2: old[:place] + sign + old[place:],
            3: old[:place],
        }[lot.randrange(4)]
        if changed == old:
            continue
        tried += 1
        try:
            check(text if of_status else changed, status=changed if of_status else status)
        except Unproven:
            refused += 1
    assert (tried, refused) == (1_200, 1_200)
    with pytest.raises(Unproven, match="no signed token"):
        check(text, status="")


@pytest.mark.clause("P4.3c")
def test_the_status_follows_the_records_themselves_with_nothing_to_flip(lin: Actor, market: Office) -> None:
    objection = mark(lin, market, MarkKind.OBJECTION)
    text = shown(issue(lin, chosen=("no_adverse",), key=wallet_key()))
    list_id = uri_of(text)
    assert check(text, status=facade.signed_list(list_id, now=NOW)).claims["no_adverse"] is True
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.lift(objection, actor=market.approver, now=NOW)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(Unproven, match="not valid now"):
        check(text, at=later, status=facade.signed_list(list_id, now=later))
    assert [one.status for one in facade.list_own(lin, now=later)] == [Status.SUSPENDED]
    mark(lin, market, MarkKind.REPAIRED)
    repaired = later + timedelta(minutes=1)
    assert facade.sign_lists(now=repaired) == 1
    assert check(text, at=repaired, status=facade.signed_list(list_id, now=repaired)).claims["no_adverse"] is True


def test_what_its_holder_ended_is_refused_and_a_list_that_is_old_proves_nothing(lin: Actor) -> None:
    text = shown(issue(lin, key=wallet_key()))
    old = facade.signed_list(uri_of(text), now=NOW)
    (one,) = facade.list_own(lin, now=NOW)
    facade.revoke(lin, one.id, now=NOW)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(Unproven, match="not valid now"):
        check(text, at=later, status=facade.signed_list(uri_of(text), now=later))
    with pytest.raises(Unproven, match="at this moment"):
        check(text, at=NOW + timedelta(minutes=5), status=old)
    assert [one.status for one in facade.list_own(lin, now=later)] == [Status.INVALID]


def test_the_list_is_fetched_whole_by_anybody_and_leaves_no_trace_of_who_checks_whom(lin: Actor) -> None:
    places = []
    for _ in range(4):
        text = issue(lin)
        said = jwt.decode(text.split("~", maxsplit=1)[0], options={"verify_signature": False})
        places.append(said["status"]["status_list"]["idx"])
    assert len(set(places)) == 4
    assert max(places) - min(places) > 3  # drawn by lot, not handed out in a row
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert lin.subject_id is not None
        before = audit.count_looks(lin.subject_id)
    answer = Client().get(f"/api/v1/credentials/status/{uri_of(text)}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/statuslist+jwt")
    listed = jwt.decode(answer.content.decode(), options={"verify_signature": False})["status_list"]
    packed = zlib.decompress(base64.urlsafe_b64decode(listed["lst"] + "=="))
    assert (listed["bits"], len(packed) * 8 // 2) == (2, 131_072)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert audit.count_looks(lin.subject_id) == before
    told = Client().get("/.well-known/jwt-vc-issuer").json()
    assert told["jwks"] == facade.issuer_keys()


@pytest.mark.parametrize(
    ("chosen", "key", "code"),
    [
        ((), HOLDER.export_public(), "CRED-NOTHING"),
        (("no_adverse",), HOLDER.export_public(), "CRED-NOT-TRUE"),
        (("no_serious",), HOLDER.export_private(), "CRED-KEY"),
        (("no_serious",), "{}", "CRED-KEY"),
        (("no_serious",), '{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}', "CRED-KEY"),
    ],
)
def test_nothing_is_issued_that_does_not_hold_or_to_a_key_that_is_none(
    lin: Actor, chosen: tuple[str, ...], key: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        facade.issue(lin, chosen=chosen, key=key, issuer=ISSUER, now=NOW)
    assert facade.list_own(lin, now=NOW) == []


def test_nobody_ends_anothers_and_the_text_stands_nowhere(lin: Actor, market: Office) -> None:
    text = issue(lin)
    wang = citizen("wang", "390202198506151023")
    (one,) = facade.list_own(lin, now=NOW)
    with pytest.raises(Refused, match="ABSENT"):
        facade.revoke(wang, one.id, now=NOW)
    with pytest.raises(Refused, match="SIGN_IN_REQUIRED"):
        issue(market.clerk)
    with access.acting_for(lin, channel=Channel.SELF, purpose="credential"):
        (row,) = models.Credential.objects.values()
    assert row["revoked_at"] is None
    assert text[:40] not in str(row)


def test_chengxin_verify_reads_it_from_files_alone(lin: Actor, tmp_path: Path) -> None:
    text = shown(issue(lin, key=wallet_key()))
    files = {"c.txt": text, "keys.json": json.dumps(facade.issuer_keys())}
    files["status.txt"] = facade.signed_list(uri_of(text), now=NOW)
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    asked = ["--keys", str(tmp_path / "keys.json"), "credential", str(tmp_path / "c.txt")]
    asked += ["--audience", AUDIENCE, "--nonce", NONCE, "--at", str(NOW.timestamp())]
    assert verifier.main([*asked, "--status", str(tmp_path / "status.txt")]) == 0
    assert verifier.main(asked) == 3
    (tmp_path / "c.txt").write_text(text[:-1])
    assert verifier.main(asked) == 1


@pytest.mark.browser
def test_a_person_gets_a_credential_on_a_phone_without_scripts_and_ends_it(
    lin: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(live_server.url + "/me/credentials")
    assert page.locator("input:checked").count() == 0
    page.get_by_label("没有有效的严重失信记录").check()
    page.get_by_label("钱包的公钥").fill(HOLDER.export_public())
    keep(page, "credential-new")
    page.get_by_role("button", name="领取").click()
    assert page.locator("#credential").input_value().count("~") == 2
    keep(page, "credential-issued")
    page.goto(live_server.url + "/me/credentials")
    keep(page, "credential-list")
    page.get_by_role("button", name="停用这份凭证").click()
    assert page.get_by_text("您已停用").is_visible()
    inspector = browser_page(width=320, cookies=(cookie_of("lin", live_server.url),))
    inspector.goto(live_server.url + "/me/credentials")
    assert problems_of(inspector) == []


def test_the_page_says_what_is_wrong_with_a_key(lin: Actor) -> None:
    answer = sign_in("lin").post("/me/credentials", {"claims": ["no_serious"], "key": "我的钥匙"})
    assert answer.status_code == 422
    assert "这不是能用的公钥" in answer.content.decode()
