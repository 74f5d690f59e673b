"""Brings the catalogues up to date with the texts in the code: `python -m inbox_app.locale.update`.

New texts are left empty for a translator; those that no page uses any more are dropped.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from inbox_app.catalogues import LANGUAGES

SOURCE = "en"
_LOCALE = Path(__file__).parent
_CODE = _LOCALE.parent
_METHODS = {".py": "python", ".jsx": "javascript", ".js": "javascript"}
# Babel's own header changes at every run.
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_KEYWORDS = {"tr": None, "tr_n": (1, 2), "t": None, "tn": (1, 2), "text_in": (2,)}


def main() -> None:
    for language in LANGUAGES:
        if language != SOURCE:
            path = catalogue_path(language)
            catalogue = updated(path, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(_HEADER.format(language=language).encode())
                write_po(file, catalogue, width=100, no_location=True, omit_header=True)


def catalogue_path(language: str) -> Path:
    return _LOCALE / language / "LC_MESSAGES" / "messages.po"


def sources() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Where (a path in the package) which text stands, for every text in the code."""
    for path in sorted(_CODE.rglob("*")):
        if path.suffix in _METHODS:
            found = extract_from_file(_METHODS[path.suffix], str(path), keywords=_KEYWORDS)
            for _line, message, _comments, _context in found:
                yield path.relative_to(_CODE).as_posix(), message


def updated(path: Path, language: str) -> Catalog:
    """The catalogue at `path` with exactly the texts of the code."""
    catalogue = Catalog(locale=language, project="inbox", fuzzy=False)
    known = _read(path, language)
    for _where, message in sources():
        before = known.get(message if isinstance(message, str) else message[0])
        as_before = before is not None and isinstance(before.id, str) == isinstance(message, str)
        catalogue.add(message, before.string if before and as_before else None)
    return catalogue


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


if __name__ == "__main__":
    main()
