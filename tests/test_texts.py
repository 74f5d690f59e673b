"""Every text of the pages is there in every language, with the same fields to fill in (X2)."""

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from inbox_app import catalogues, contract
from inbox_app.locale import update

STRAYS = {
    "it": r"vostr\w+|voi|vi|potete|siete|avete|(?:colleg(?:a|ar|at|am|an)\w*|collegamento)"
    r"|società|template|cliccare?|approvazione|respint\w+|ospite|rimuov\w+|rimoss\w+|recapitat\w+"
    r"|\w+’\w+",
    "es": r"vuestr\w+|vosotros|os|sois|podéis|\w+(?:áis|éis)|vuelv\w+ a conectar\w*|usted\w*"
    r"|aprobación|vincul\w+|e-mail|programa de gestión|\w+’\w+",
}
"""Forms that speak to several people, second words for what has one, and curly apostrophes."""
TRANSLATED = [language for language in catalogues.LANGUAGES if language != update.SOURCE]


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest):
    path = update.catalogue_path(request.param)
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def test_the_code_has_texts_to_translate():
    assert len({message for _, message in update.sources()}) > 100


def test_each_text_is_translated(catalogue):
    for where, message in update.sources():
        source = message if isinstance(message, str) else message[0]
        found = catalogue.get(source)
        assert found is not None, f"{where}: {source!r}: python -m inbox_app.locale.update"
        assert all(_forms(found.string)), f"{where}: {source!r} is not translated"


def test_each_translation_has_a_text_that_wants_it(catalogue):
    wanted = {
        message if isinstance(message, str) else message[0] for _, message in update.sources()
    }
    assert [
        message.id for message in catalogue if message.id and _first(message.id) not in wanted
    ] == []


def test_translations_fill_in_the_same_fields(catalogue):
    for message in catalogue:
        if message.id:
            for form in _forms(message.string):
                assert _fields(form) <= _fields(_last(message.id)), message.id
                assert _fields(_first(message.id)) <= _fields(form) | {"n"}, message.id


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_browser_gets_one_form_of_a_text_and_two_of_a_count(language):
    script = catalogues.script(language).source
    if language != update.SOURCE:
        assert '"Guest": "' in script
        assert re.search(r'"\{n\} adult": \["[^"]+", "[^"]+"\]', script)


def test_the_labels_that_the_contract_binds_are_the_italian_ones():
    with update.catalogue_path("it").open("rb") as file:
        italian = read_po(file, locale="it")
    said = {_first(message.string) for message in italian if message.string}
    assert said >= CONTRACT


@pytest.mark.parametrize(("language", "strays"), list(STRAYS.items()))
def test_one_person_is_spoken_to_and_an_act_has_one_word(language: str, strays: str) -> None:
    """docs/words.md has the words."""
    translated = [form for _, text in catalogues.messages(language) for form in _forms(text)]
    clauses = [clause[part] for clause in contract.clauses(language) for part in ("title", "text")]
    stray = re.compile(rf"\b(?:{strays})\b", re.IGNORECASE)
    assert {text: found for text in translated + clauses if (found := stray.findall(text))} == {}


CONTRACT = {
    "Connetti account",
    "Ricollega account",
    "Invia modello",
    "Riprova",
    "Conversazioni",
    "Messaggi",
    "Prenotazione",
    "Scrivi un messaggio",
    "Invia",
    "Altre azioni",
    "In coda",
    "Inviato",
    "Consegnato",
    "Letto",
    "Non consegnato",
    "Esito incerto",
    "E-mail",
    "Password",
    "Accedi",
    "Telefono di prova",
    "Messaggio",
    "Invia dal telefono",
    "Turista",
    "Proprietario",
    "Fornitore",
    "Posta",
}


def _forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _first(text) -> str:
    return _forms(text)[0]


def _last(text) -> str:
    return _forms(text)[-1]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
