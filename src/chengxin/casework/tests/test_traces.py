"""Place, time and device of a picture go at the door, its pixels stay bit for bit; they stay only if asked for."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.casework import facade as casework
from chengxin.casework.forms import StepForm
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.kernel.actor import platform

SECRETS = (b"SECRETPHONE", b"SECRETWORDS", b"SECRETTAIL", b"SECRETMODEL", b"SECRETXMP")


class Sent:
    """A file as a browser sends it."""

    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, len(content)

    def chunks(self) -> list[bytes]:
        return [self.content]


def noise(size: tuple[int, int] = (96, 48)) -> Image.Image:
    return Image.effect_noise(size, 80).convert("RGB")


def exif(turned: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x010F], found[0x0110], found[0x0112] = "SECRETPHONE", "SECRETMODEL", turned
    found.get_ifd(0x8825).update({1: "N", 2: (32.0, 4.0, 3.0)})
    return found


def jpeg(turned: int = 1, **given: object) -> bytes:
    target = io.BytesIO()
    said = {"exif": exif(turned), "comment": b"SECRETWORDS", "xmp": b"SECRETXMP", "dpi": (300, 300)} | given
    noise().save(target, "JPEG", **said)
    return target.getvalue() + b"SECRETTAIL"


def png(turned: int = 1) -> bytes:
    target, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", "SECRETWORDS")
    words.add_itxt("XML:com.adobe.xmp", "SECRETXMP")
    noise().save(target, "PNG", pnginfo=words, exif=exif(turned))
    return target.getvalue() + b"SECRETTAIL"


def kept(content: bytes, *, with_traces: bool = False) -> bytes:
    (digest,) = casework.keep_papers([Sent(content)], with_traces=with_traces)
    with (
        access.acting_for(platform("reader"), channel=Channel.JOB, purpose="case_handling"),
        files.opened(digest, unlock=audit.unlock) as path,
    ):
        return path.read_bytes()


def bare(content: bytes, tmp_path: Path) -> bytes:
    path = tmp_path / "sent"
    path.write_bytes(content)
    with files.bared(path) as found:
        return found.read_bytes()


def pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).convert("RGB").tobytes()


@pytest.mark.parametrize(
    "sent",
    [jpeg(), jpeg(6), jpeg(progressive=True), jpeg(quality=95, subsampling=0, optimize=True), png(), png(8)],
    ids=["jpeg", "turned jpeg", "progressive jpeg", "fine jpeg", "png", "turned png"],
)
def test_what_a_camera_wrote_goes_and_no_pixel_changes(sent: bytes, tmp_path: Path) -> None:
    found = bare(sent, tmp_path)
    assert [secret for secret in SECRETS if secret in found] == []
    assert pixels(found) == pixels(sent)
    left = dict(Image.open(io.BytesIO(found)).getexif())
    before = Image.open(io.BytesIO(sent)).getexif()
    assert left == ({0x0112: before[0x0112]} if before[0x0112] != 1 else {})
    assert bare(found, tmp_path) == found


def test_a_scan_with_restarts_and_a_preview_in_its_header_is_copied_whole(tmp_path: Path) -> None:
    sent = jpeg(restart_marker_blocks=1)
    header = sent.index(b"JFIF\0")
    with_preview = (
        sent[: header - 2] + (16 + 3).to_bytes(2, "big") + sent[header : header + 12] + b"\x01\x01\xaa\xbb\xcc"
        + sent[header + 14 :]
    )  # fmt: skip
    found = bare(with_preview, tmp_path)
    assert (pixels(found), b"\xaa\xbb\xcc" in found[:40]) == (pixels(sent), False)


@pytest.mark.parametrize("sent", [b"%PDF-1.7 SECRETWORDS", b"\x89PNG\r\n\x1a\nno picture", b"\xff\xd8\xff\xe1\x00"])
def test_what_holds_no_picture_stays_as_it_is(sent: bytes, tmp_path: Path) -> None:
    assert bare(sent, tmp_path) == sent


def test_a_picture_cut_anywhere_is_never_an_error_and_keeps_no_trace_behind_its_pixels(tmp_path: Path) -> None:
    for whole in (jpeg(6), png(6)):
        begins = whole.index(b"\xff\xda") if whole.startswith(b"\xff\xd8") else whole.index(b"IDAT") + 4
        for end in range(begins + 40, len(whole), 97):
            found = bare(whole[:end], tmp_path)
            assert [secret for secret in SECRETS if secret in found] == []


@pytest.mark.django_db
def test_papers_of_a_case_lose_their_traces_unless_their_giver_asks_that_they_stay() -> None:
    sent = jpeg()
    assert [secret in kept(sent) for secret in SECRETS] == [False] * 5
    assert kept(sent, with_traces=True) == sent
    assert StepForm({}).fields["with_traces"].initial is None
    assert (StepForm({}).is_valid(), StepForm({"with_traces": "on"}).is_valid()) == (True, True)


def test_stray_bytes_between_segments_hide_no_trace_and_cost_no_pixel(tmp_path: Path) -> None:
    plain = jpeg()
    header = 4 + int.from_bytes(plain[4:6], "big")
    stray = plain[:header] + b"\x00\x12\xff\x00\x34" + plain[header:]
    left = bare(stray, tmp_path)
    assert not any(secret in left for secret in SECRETS)
    assert pixels(left) == pixels(plain)
