"""Pictures, checked as the real server checks those that are uploaded with sendPhoto."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

MAX_CAPTION = 1024
MAX_BYTES = 10 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
_SIZES = (90, 320, 800, 1280)
"""The real server keeps a picture in these sizes (the longer side), never larger than it was."""
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_FRAME = {0xC4, 0xC8, 0xCC}


class PhotoError(Exception):
    """The picture is refused; the message is what the real server says."""

    def __init__(self, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.code = code


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it was uploaded, and how large it is in pixels."""

    data: bytes
    width: int
    height: int

    def to_json(self) -> list[dict[str, Any]]:
        """Its sizes, the smallest first."""
        name, longer = sha256(self.data).hexdigest()[:16], max(self.width, self.height)
        sides = sorted({min(side, longer) for side in _SIZES})
        return [
            {
                "file_id": f"{name}-{side}",
                "file_unique_id": f"u{name}{side}",
                "width": max(1, self.width * side // longer),
                "height": max(1, self.height * side // longer),
            }
            for side in sides
        ]


def read_photo(data: bytes) -> Photo:
    """The picture in an uploaded file. PhotoError where the real server refuses it."""
    if len(data) > MAX_BYTES:
        raise PhotoError("Request Entity Too Large", 413)
    width, height = dimensions(data)
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoError("Bad Request: PHOTO_INVALID_DIMENSIONS")
    return Photo(data, width, height)


def dimensions(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG file; PhotoError if it is neither."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data.startswith(b"\xff\xd8\xff"):
        width, height = _jpeg(data)
    else:
        width = height = 0
    if not width or not height:
        raise PhotoError("Bad Request: IMAGE_PROCESS_FAILED")
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    """What the first frame header says; zeros without one."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
