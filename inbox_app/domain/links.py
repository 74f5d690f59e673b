"""Addresses of the web in a text: what WhatsApp would make a link of (M9)."""

import re
from urllib.parse import urlsplit


def has_link(text: str) -> bool:
    return _LINK.search(text) is not None


def links(text: str) -> tuple[str, ...]:
    """Each as it stands in the text, up to the next blank."""
    found = (text[match.start() :].split(maxsplit=1)[0] for match in _LINK.finditer(text))
    return tuple(dict.fromkeys(link.rstrip(".,;:!?)»”") for link in found))


def is_web_address(text: str) -> bool:
    """Whether it is one whole http or https address that a browser may be sent to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_clean = text.isprintable() and not re.search(r"\s", text)
    return is_clean and parts.scheme in {"http", "https"} and bool(parts.hostname)


ENDINGS = """
com net org info biz io eu it es fr de uk ch at pt nl be pl gr hr me co us cat ie dk fi cz sk hu ro
bg lu mt cy ee lv lt ru ua tr br mx ar cl pe au nz jp cn za app dev ai tv cc gl ly gg link page site
online shop store xyz travel house homes hotel holiday villas apartments rentals vacations tours
cafe restaurant
"""
"""Those that people use. Endings that are also words of our languages (no, se, si, in, is) count
only with a path behind them: «va bene.se vuole» is a sentence without its space."""

_ENDING = "|".join([*ENDINGS.split(), *ENDINGS.upper().split()])
_NAME = r"(?<![\w@.+-])(?:[\w-]+\.)+"
_NO_MAIL_BEHIND = r"(?![\w-])(?![\w.+-]*@)"
_LINK = re.compile(
    r"(?<![a-zA-Z])(?i:[a-z][a-z0-9+.-]{1,20}://)"
    r"|(?<![\w@])(?i:www\.)"
    rf"|{_NAME}(?<=[\w-][\w-]\.)(?:{_ENDING}){_NO_MAIL_BEHIND}"
    rf"|(?<![\w@.+-])[a-z]\.(?:com|co|me){_NO_MAIL_BEHIND}"
    rf"|{_NAME}(?<=[^\W\d_]\.)[a-z]{{2,24}}{_NO_MAIL_BEHIND}/\w"
)
"""With a scheme, with `www.`, or a bare domain. «ok.Vediamoci», «p.es.» and «dalle 14.30» are none,
nor is what stands behind the @ of an e-mail."""
