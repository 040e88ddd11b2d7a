"""Zip files and lists of layers that were made to do harm."""

import io
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
import pytest

from app.storage.project import archive as archives
from app.storage.project.archive import Archive, Unsafe
from app.storage.project.stack import read_stack
from tests.support.projects import MIMETYPE, png, read, stack, zipped

GREY = png(np.full((16, 24), 90, np.uint8))
LAYER = '<layer src="data/a.png" name="a"/>'


def refusal(data: bytes) -> str:
    with pytest.raises(Unsafe) as told:
        read(data)
    return str(told.value)


def test_a_plain_file_is_opened():
    data = zipped({"stack.xml": stack(LAYER), "data/a.png": GREY, "mergedimage.png": GREY})
    assert read(data, "boat.ora").project.picture.name == "boat.ora"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.png",
        "data/../../evil.png",
        "/etc/passwd",
        "C:/evil.png",
        "data\\evil.png",
        "data//evil.png",
        "./evil.png",
        "evil\n.png",
        "..",
        "data/..",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name, monkeypatch):
    monkeypatch.setattr(zipfile.os, "sep", "/")
    assert "not plain" in refusal(zipped({name: b"x", "stack.xml": stack(LAYER)}))


def entry(name: str, **facts: Any) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info


def with_entry(info: zipfile.ZipInfo, content: bytes = b"x", times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        for _ in range(times):
            archive.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o020644, 0o060644, 0o140644])
def test_links_pipes_and_devices_are_refused(mode):
    info = entry("data/a.png", create_system=3, external_attr=mode << 16)
    assert "no file" in refusal(with_entry(info, b"/etc/passwd"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused():
    assert "must not" in refusal(with_entry(entry("stack.xml"), times=2))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_usual_packing_is_taken(method):
    assert "strange" in refusal(zipped({"stack.xml": stack(LAYER)}, packing=method))


def test_what_unpacks_to_far_too_much_is_refused_before_it_is():
    assert "too much" in refusal(zipped({"stack.xml": bytes(4 << 20)}))
    assert "too large" in refusal(zipped({"mimetype2": b"", "stack.xml": noise(archives.SMALL)}))


def noise(size: int) -> bytes:
    """Text that packs badly and is larger than any list of layers."""
    return np.random.default_rng(1).bytes(17 * size)


def patched(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def listed(data: bytes, name: bytes) -> int:
    """Where the list of members describes `name`."""
    return data.rindex(name) - 46


def test_a_member_that_is_longer_than_it_says_is_refused():
    data = zipped({"stack.xml": stack(LAYER) * 50})
    place, claim = listed(data, b"stack.xml"), struct.pack("<L", 20)
    data = patched(data, place + 24, claim)
    data = patched(data, data.index(b"stack.xml") - 8, claim)
    assert "longer than it says" in refusal(data)


def test_what_the_list_and_the_member_say_must_agree():
    data = zipped({"stack.xml": stack(LAYER)})
    place = listed(data, b"stack.xml")
    for offset in (8, 10, 16, 20, 24):  # flags, packing, checksum, both sizes
        changed = bytes([data[place + offset] ^ 2])
        assert refusal(patched(data, place + offset, changed))
    assert "two names" in refusal(patched(data, data.rindex(b"stack.xml"), b"trick.xml"))


def test_encrypted_members_are_refused():
    data = zipped({"stack.xml": stack(LAYER)})
    data = patched(data, listed(data, b"stack.xml") + 8, b"\1")
    data = patched(data, data.index(b"stack.xml") - 24, b"\1")
    assert "not plain" in refusal(data)


def test_members_that_share_their_bytes_are_refused():
    data = zipped({"a": b"0" * 50, "b": b"0" * 50})
    first, second = listed(data, b"a"), listed(data, b"b")
    shared = patched(data, second + 42, data[first + 42 : first + 46])
    assert refusal(shared)


def test_lies_about_64_bits_are_refused():
    data = zipped({"stack.xml": stack(LAYER)})
    place = listed(data, b"stack.xml")
    for offset in (20, 24, 42):
        assert refusal(patched(data, place + offset, b"\xff\xff\xff\xff"))
    end = data.rindex(b"PK\5\6")
    for offset, size in ((8, 2), (10, 2), (12, 4), (16, 4), (4, 2)):
        assert refusal(patched(data, end + offset, b"\xff" * size))


def test_a_hundred_thousand_members_are_refused_unread():
    members = 100_000
    head = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[0] * 16)
    body = head * members
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(body), 0, 0)
    assert "too many" in refusal(body + end)
    few = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, len(body), 0, 0)
    assert "too many" in refusal(body + few)


def test_a_stream_that_goes_on_after_its_end_is_refused():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"xy") + packer.flush()
    data = zipped({"stack.xml": b"0" * 40}, packing=zipfile.ZIP_STORED)
    at, place = data.index(b"0" * 40), listed(data, b"stack.xml")
    for position, offset in ((place, 10), (data.index(b"stack.xml") - 30, 8)):
        data = patched(data, position + offset, b"\x08\0")
    data = patched(data, at, packed)
    with pytest.raises(Unsafe, match="after its end"):
        list(Archive(io.BytesIO(data)).blocks("stack.xml"))


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE image [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<image w="1" h="1"><stack><layer name="&c;"/></stack></image>"""
FOREIGN = b"""<!DOCTYPE image [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<image w="1" h="1"><stack><layer name="&a;"/></stack></image>"""
HARMLESS = b'<!DOCTYPE image><image w="1" h="1"/>'


@pytest.mark.parametrize("text", [LAUGHS, FOREIGN, HARMLESS], ids=["laughs", "file", "any"])
def test_a_document_type_is_refused(text):
    with pytest.raises(Unsafe, match="entities"):
        read_stack(text)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<image",
        b"<image/>",
        b'<image w="0" h="5"/>',
        b'<image w="-5" h="-5"/>',
        b'<image w="1e9" h="5"/>',
        b'<image w="99999999999" h="5"/>',
        b'<image w="' + b"9" * 5000 + b'" h="5"/>',
        b'<?xml version="1.0" encoding="no-such"?><image w="5" h="5"/>',
        stack('<layer opacity="nan"/>'),
        stack('<layer x="inf"/>'),
        stack("<layer/>" * 600),
        b'<image w="5" h="5">' + b"<stack>" * 100 + b"</stack>" * 100 + b"</image>",
        stack("&unknown;"),
    ],
)
def test_a_list_of_layers_that_makes_no_sense_is_refused(text):
    with pytest.raises(Unsafe):
        read_stack(text)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "picture",
    [bomb(2**30, 2**30), bomb(40_000, 40_000), bomb(0, 16), b"GIF89a", b"\x89P"],
)
def test_a_picture_that_is_a_bomb_or_none_is_refused(picture):
    size = (24, 16)
    alone = {"stack.xml": stack(LAYER, size=size), "data/a.png": picture}
    assert refusal(zipped(alone))
    assert refusal(zipped({**alone, "mergedimage.png": picture}))
    assert refusal(zipped({"stack.xml": stack(LAYER, size=(2**20, 2**20)), "data/a.png": GREY}))


def test_layers_of_more_pixels_than_anyone_has_are_refused_undecoded():
    layers = "".join(f'<layer src="data/{number}.png"/>' for number in range(5))
    members = {f"data/{number}.png": bomb(16384, 16384) for number in range(5)}
    assert "too many pixels" in refusal(zipped({"stack.xml": stack(layers), **members}))


def test_places_outside_are_never_followed(tmp_path):
    (tmp_path / "secret.png").write_bytes(GREY)
    for src in (
        str(tmp_path / "secret.png"),
        f"file://{tmp_path}/secret.png",
        "http://[::1]/a.png",
    ):
        data = zipped({"stack.xml": stack(f'<layer src="{src}"/>')})
        assert refusal(data).startswith("no ")
