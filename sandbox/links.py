"""Which links Telegram opens, in buttons as in texts, and how it writes them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_PROTOCOL = re.compile(r"([A-Za-z][A-Za-z0-9+\-]*):")
_HOST = re.compile(r"(?=.*\.)[^\s/?#@<>\"']+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that Telegram takes, as it gives it back."""

    url: str


@dataclass(frozen=True, slots=True)
class BadLink:
    """A link that Telegram refuses, and its words for it."""

    reason: str


def check_link(url: str) -> Link | BadLink:
    """Accept http, https, tg and ton links; an address without a protocol becomes http, as Telegram does."""
    url = url.strip()
    if not url:
        return BadLink("URL must be non-empty")
    protocol = _PROTOCOL.match(url)
    if protocol:
        scheme = protocol[1].lower()
        if scheme in {"tg", "ton", "tonsite"}:
            return Link(url)
        if scheme not in {"http", "https"}:
            return BadLink("Unsupported URL protocol")
    else:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return BadLink("Wrong HTTP URL")
    # Telegram's servers open links of the world, so a name without a dot (localhost) is none.
    bracketed = ":" in host
    if not url.partition(":")[2].startswith("//") or not (bracketed or _HOST.fullmatch(host)) or host.endswith("."):
        return BadLink("Wrong HTTP URL")
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    place = f"[{host}]" if bracketed else host
    rest = url.partition("://")[2][len(parts.netloc) :]
    tail = rest if rest.startswith("/") else f"/{rest}"
    return Link(f"{parts.scheme.lower()}://{user}{place}{'' if port is None else f':{port}'}{tail}")
