"""Telegram's HTML for messages, parsed as strictly as the real server parses it.

What the real server does and browsers do not: any tag that it does not know, leaves open or
closes in the wrong order rejects the whole message; only &lt; &gt; &amp; &quot; and numeric
references are decoded, any other stays as it was typed; a link that it does not like vanishes
without an error and leaves its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]
"""A MessageEntity as the Bot API writes it; offset and length count UTF-16 code units."""

MAX_ENTITIES = 100
"""More than so many in a message are dropped without an error."""

_KINDS = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
_START_TAG = re.compile(r"<([^\s>]*)")
_END_TAG = re.compile(r"</([^\s>]*)\s*(>?)")
_ATTRIBUTE = re.compile(
    r"""\s*([^\s=>]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+(?=[\s>]))))?"""
)
_LINK = re.compile(r"(?:(https?)://)?([^/?#\s]+)([^\s]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RichText:
    """A message's plain text and what is marked in it, in the order of the text."""

    text: str
    entities: list[Entity] = field(default_factory=list)


class MarkupError(Exception):
    """The markup is not Telegram's; the message is what the real server says."""


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of all of Telegram's limits and offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> RichText:
    """Text and entities of `html`, trimmed. Raises MarkupError where the real server refuses."""
    return trimmed(_Parser(html).parse())


def trimmed(rich: RichText) -> RichText:
    """`rich` without white space at its ends, the entities moved and shortened to match."""
    text = rich.text.strip()
    if text == rich.text:
        return rich
    lead = len(rich.text) - len(rich.text.lstrip())
    total = utf16_length(text)
    entities = []
    for entity in rich.entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return RichText(text, entities)


def checked_link(url: str) -> str | None:
    """`url` as the real server keeps it, or None if it does not take it for a link.

    Hosts without a dot, other schemes than http, https, tg and ton, and white space are refused.
    """
    if re.match(r"(tg|ton|tonsite)://\S+$", url, re.IGNORECASE):
        return url
    match = _LINK.fullmatch(url.strip())
    if not match:
        return None
    scheme, authority, rest = match[1] or "http", match[2], match[3]
    host, _, port = authority.rpartition("@")[2].partition(":")
    if "." not in host.strip(".") or (port and not port.isdecimal()):
        return None
    return f"{scheme.lower()}://{authority.lower()}{rest if rest.startswith('/') else '/' + rest}"


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    part: int


class _Parser:
    def __init__(self, html: str) -> None:
        self._html = html
        self._parts: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> RichText:
        html, position = self._html, 0
        while special := _SPECIAL.search(html, position):
            start = special.start()
            self._add(html[position:start])
            if special[0] == "&":
                text, position = _reference(html, start)
                self._add(text)
            elif html.startswith("</", start):
                position = self._end(start)
            else:
                position = self._start(start)
        self._add(html[position:])
        if self._open:
            tag = self._open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        ordered = sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))
        return RichText("".join(self._parts), ordered[:MAX_ENTITIES])

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._units += utf16_length(text)

    def _start(self, start: int) -> int:
        name = _START_TAG.match(self._html, start)
        if not name or name.end() == len(self._html):
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes(start)}")
        tag = name[1].lower()
        if tag not in _KINDS:
            where = self._bytes(start)
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {where}')
        argument, position = self._attributes(tag, start, name.end())
        if tag == "span" and argument != "tg-spoiler":
            where = self._bytes(start)
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._open.append(_Open(tag, argument, self._units, len(self._parts)))
        return position

    def _attributes(self, tag: str, start: int, position: int) -> tuple[str, int]:
        """The one attribute that means something for `tag` ("" if absent), and where '>' ends."""
        argument = ""
        while True:
            match = _ATTRIBUTE.match(self._html, position)
            name = match[1].lower() if match else ""
            position = match.end() if match else position
            following = self._html[position:].lstrip()[:1]
            if match and not name and not match[2] and following == ">":
                return argument, self._html.index(">", position) + 1
            if match and name and (match[2] or (tag, name) == ("blockquote", "expandable")):
                argument = _argument(tag, name, match) or argument
                continue
            raise self._attribute_error(tag, name, start, following)

    def _attribute_error(self, tag: str, name: str, start: int, following: str) -> MarkupError:
        where = f"at byte offset {self._bytes(start)}"
        if not name and following:
            return MarkupError(f'Empty attribute name in the tag "{tag}" {where}')
        if following not in ("", "="):
            what = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            return MarkupError(f"{what} {where}")
        return MarkupError(f'Unclosed start tag "{tag}" {where}')

    def _end(self, start: int) -> int:
        where = f"at byte offset {self._bytes(start)}"
        if not self._open:
            raise MarkupError(f"Unexpected end tag {where}")
        match = _END_TAG.match(self._html, start)
        if not match or not match[2]:
            raise MarkupError(f"Unclosed end tag {where}")
        opened, found = self._open.pop(), match[1].lower()
        if found and found != opened.tag:
            raise MarkupError(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{found}>"'
            )
        self._close(opened)
        return match.end()

    def _close(self, opened: _Open) -> None:
        length = self._units - opened.offset
        if length == 0:
            return
        entity: Entity = {"type": _KINDS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            url = checked_link(opened.argument or "".join(self._parts[opened.part :]))
            if url is None:
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self._entities.append(entity)

    def _bytes(self, position: int) -> int:
        return len(self._html[:position].encode("utf-8", "surrogatepass"))


def _reference(html: str, start: int) -> tuple[str, int]:
    """The character that html[start:] names and where the reference ends; a bare & otherwise."""
    match = _REFERENCE.match(html, start)
    if match is None:
        return "&", start + 1
    if match[3]:
        known = _NAMED.get(match[3])
        return (known, match.end()) if known else ("&", start + 1)
    code = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < code < 0x10FFFF:
        return "&", start + 1
    if 0xD800 <= code <= 0xDFFF:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code), match.end()


def _argument(tag: str, name: str, match: re.Match[str]) -> str:
    """What the attribute says, if `tag` asks for it; "" otherwise."""
    quoted = match[3] if match[3] is not None else match[4]
    value = match[5].lower() if quoted is None and match[5] else _decoded(quoted or "")
    if (tag, name) in {("a", "href"), ("span", "class")}:
        return value
    if (tag, name) == ("code", "class"):
        return value.removeprefix("language-") if value.startswith("language-") else ""
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _decoded(value: str) -> str:
    pieces, position = [], 0
    while (start := value.find("&", position)) >= 0:
        text, end = _reference(value, start)
        pieces += [value[position:start], text]
        position = end
    return "".join(pieces) + value[position:]
