"""Third persons in what is handed in stay covered until its giver, or a recorded reason, opens a part of it."""

from __future__ import annotations

import struct
import zlib

import pytest
from django.db import IntegrityError, transaction
from PIL import Image, PngImagePlugin

from chengxin.access import facade as access
from chengxin.audit.models import Event
from chengxin.casework import facade as casework
from chengxin.complaints import facade, models
from chengxin.complaints.actions import HANDLING
from chengxin.complaints.contracts import Received, Told
from chengxin.complaints.tests.conftest import LATER
from chengxin.complaints.tests.pictures import BLUE, RED, picture, read, written
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.objections.tests.conftest import Photo, officer

GREY = (112, 118, 128)
PDF = b"%PDF-1.7\nthree lines of a chat"


def told_with(*papers: bytes) -> Received:
    kept = casework.keep_papers(facade.bare([Photo(one) for one in papers]))
    return facade.receive("social", Told(text="群里卖仿冒的保温杯，截图在后面。"), papers=kept, now=NOW)


def test_of_a_picture_its_pixels_are_kept_and_nothing_that_a_camera_or_a_program_wrote_into_it() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRETPHONE", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 4.0, 3.0)})
    shot = written(Image.new("RGB", (80, 40), RED), "JPEG", exif=exif, comment=b"SECRETWORDS", dpi=(300, 300))
    kept = files.without_traces(shot)
    assert (b"SECRETPHONE" in shot, b"SECRETWORDS" in shot) == (True, True)
    assert [word for word in (b"SECRET", b"Exif", b"http://ns.adobe.com") if word in kept] == []
    turned = read(kept)
    assert (turned.size, dict(turned.getexif()), {"comment", "exif", "dpi"} & set(turned.info)) == ((40, 80), {}, set())
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SECRETNAME")
    hidden = Image.new("RGBA", (8, 8), (*RED, 0))
    plain = files.without_traces(written(hidden, "PNG", pnginfo=words))
    assert (b"SECRETNAME" in plain, read(plain).mode, read(plain).getpixel((0, 0))) == (False, "RGB", (255, 255, 255))


def test_what_is_not_shown_is_one_flat_colour_and_nothing_below_it_is_left() -> None:
    content = picture()
    assert files.grid_of(content) == (4, 8)
    shown = files.read_shown("4x8:0,29")
    seen = read(files.covered(content, shown))
    assert seen.size == (80, 160)
    places = {(x, y): seen.getpixel((x, y)) for x in range(80) for y in range(160)}
    assert {place for place, colour in places.items() if colour == RED} == {
        (x, y) for x in range(20) for y in range(20)
    }
    below = {(x, y) for x in range(20, 40) for y in range(140, 160)}
    assert {place for place, colour in places.items() if colour == BLUE} == below
    assert set(places.values()) == {RED, BLUE, GREY}
    for nonsense in ("", "al", "4x8:", "4x8:99", "4x8:-1", "x"):
        ((count, colour),) = read(files.covered(content, files.read_shown(nonsense))).getcolors() or []
        assert (count, colour) == (80 * 160, GREY), nonsense


def test_a_picture_that_cannot_be_read_or_is_too_large_is_refused_before_it_is_unpacked(db: None) -> None:
    header = struct.pack(">IIBBBBB", 8000, 6000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    for broken in (picture()[:60], b"\x89PNG\r\n\x1a\n" + chunk, b"\xff\xd8\xff" + b"not a picture"):
        with pytest.raises(Refused, match="F-PICTURE"):
            told_with(broken)
    assert models.Tip.objects.count() == 0


@pytest.mark.clause("E5.4b")
def test_an_officer_sees_of_a_picture_what_its_giver_shows_and_the_rest_with_a_reason_the_giver_reads(
    offices: dict[str, Actor],
) -> None:
    received, province = told_with(picture()), offices["province"]
    (tip,) = facade.list_of_office(province)
    paper = facade.get_by_code(received.code).entries[1].digest

    def look() -> Image.Image:
        return read(facade.open_entry(province, tip.id, paper, now=LATER))

    with pytest.raises(Refused, match="TIP-COVERED"):
        look()
    facade.show_by_code(received.code, paper, wish="cells", cells=[4, 5], now=LATER)
    assert [look().getpixel(place) for place in ((5, 5), (5, 25), (25, 25), (45, 25), (5, 100))] == [
        GREY, RED, RED, GREY, GREY,
    ]  # fmt: skip
    facade.show_by_code(received.code, paper, wish="cells", cells=[31], now=LATER)
    assert [look().getpixel(place) for place in ((5, 25), (75, 155))] == [GREY, BLUE]
    with pytest.raises(Refused, match="TIP-UNCOVER-WHY"):
        facade.uncover(province, tip.id, paper, reasons=" ", now=LATER)
    assert [one.is_paper for one in facade.get_by_code(received.code).entries] == [False, True]
    whole = read(facade.uncover(province, tip.id, paper, reasons="核对店铺名称。", now=LATER))
    assert (whole.getpixel((5, 5)), whole.getpixel((5, 100))) == (RED, BLUE)
    with access.acting_for(officer("sx-audit", "YTSX", Role.AUDIT_ADMIN), channel=Channel.OFFICE, purpose="audit"):
        (event,) = Event.objects.filter(reference=tip.number, categories=["tip.uncovered"])
    assert (event.actor_key, event.reason) == (province.key, "核对店铺名称。")
    last = facade.get_by_code(received.code).entries[-1]
    assert last.from_office
    assert "核对店铺名称。" in facade.open_own(received.code, last.digest).decode()
    with pytest.raises(Refused, match="ABSENT"):
        facade.uncover(offices["reported"], tip.id, paper, reasons="想看看。", now=LATER)
    facade.show_by_code(received.code, paper, wish="nothing", cells=[], now=LATER)
    with pytest.raises(Refused, match="TIP-COVERED"):
        look()


@pytest.mark.clause("E5.4b")
def test_a_pdf_of_a_chat_is_taken_as_ones_own_evidence_and_is_shown_as_a_whole_or_not_at_all(
    offices: dict[str, Actor],
) -> None:
    received, province = told_with(PDF), offices["province"]
    (tip,) = facade.list_of_office(province)
    paper = facade.get_by_code(received.code).entries[1].digest
    for wish, cells in (("cells", [0]), ("cells", []), ("else", [])):
        with pytest.raises(Refused, match="TIP-MARK"):
            facade.show_by_code(received.code, paper, wish=wish, cells=cells, now=LATER)
    with pytest.raises(Refused, match="TIP-COVERED"):
        facade.open_entry(province, tip.id, paper, now=LATER)
    facade.show_by_code(received.code, paper, wish="all", cells=[], now=LATER)
    assert facade.open_entry(province, tip.id, paper, now=LATER) == PDF


def test_nobody_of_the_office_can_write_a_mark_and_no_other_code_marks(offices: dict[str, Actor]) -> None:
    received, other, province = told_with(picture()), told_with(PDF), offices["province"]
    paper = facade.get_by_code(received.code).entries[1].digest
    with pytest.raises(Refused, match="TIP-CODE"):
        facade.show_by_code(other.code, paper, wish="all", cells=[], now=NOW)
    tip = next(one for one in facade.list_of_office(province) if one.number == received.number)
    mark = {"id": tip.id, "tip_id": tip.id, "place": 9, "at": NOW, "digest": paper, "is_paper": True, "shown": "all"}
    with access.acting_for(province, channel=Channel.OFFICE, purpose=HANDLING):
        for own in ({"from_office": True, "actor_key": province.key}, {"from_office": False, "actor_key": ""}):
            with (
                pytest.raises(Exception, match=r"shown_by_its_giver|row-level security") as refused,
                transaction.atomic(),
            ):
                models.Entry.objects.create(**mark, **own)
            assert isinstance(refused.value, IntegrityError) is own["from_office"]
