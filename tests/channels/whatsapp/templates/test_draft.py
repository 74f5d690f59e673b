"""What is wrong with a draft before Meta sees it, and the name it gets there (T4)."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.channels.whatsapp.templates.draft import (
    MAX_META_NAME,
    Other,
    TemplateDraft,
    meta_name,
    problems,
    tidy,
)
from inbox_app.channels.whatsapp.templates.languages import (
    LANGUAGES,
    alternatives,
    bcp47,
    meta_code,
)
from inbox_app.channels.whatsapp.templates.state import incompatibilities
from inbox_app.domain.templates import (
    MAX_BODY,
    MAX_NAME,
    DraftField,
    DraftProblem,
    TemplateCategory,
)

GOOD = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="Promemoria check-in",
    body="Buongiorno, il check-in è dalle 15 alle 19.\n\nA presto!",
    language="it",
)


def test_a_good_draft_has_no_problem() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", DraftProblem.EMPTY),
        (" \n ", DraftProblem.EMPTY),
        ("\x00", DraftProblem.EMPTY),
        ("\u200b\u2800", DraftProblem.EMPTY),
        ("x" * (MAX_BODY + 1), DraftProblem.TOO_LONG),
        ("Ciao {{1}}, benvenuto", DraftProblem.VARIABLE),
        ("Ciao {{nome}}, benvenuto", DraftProblem.VARIABLE),
        ("Ciao {{1}, benvenuto", DraftProblem.VARIABLE),
        ("Prenota su https://casedelsole.it", DraftProblem.URL),
        ("Vedi www.casa", DraftProblem.URL),
        ("Vedi casedelsole.it", DraftProblem.URL),
        ("uno\n\n\ndue", DraftProblem.TOO_MANY_NEWLINES),
        ("uno\n \n\t\ndue", DraftProblem.TOO_MANY_NEWLINES),
        ("uno     due", DraftProblem.TOO_MANY_SPACES),
        ("uno\tdue", DraftProblem.TOO_MANY_SPACES),
    ],
)
def test_a_text_is_refused_with_what_is_wrong(body: str, problem: DraftProblem) -> None:
    assert (DraftField.BODY, problem) in problems(replace(GOOD, body=body))


@pytest.mark.parametrize(
    "body",
    ["x" * MAX_BODY, "uno\n\ndue", "uno    due", "ok.Vediamoci alle 14.30", "a@casa.it", "  x  "],
)
def test_what_meta_takes_is_not_refused(body: str) -> None:
    assert problems(replace(GOOD, body=body)) == ()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", DraftProblem.EMPTY),
        (" \n", DraftProblem.EMPTY),
        ("\u200b\u3164", DraftProblem.EMPTY),
        ("x" * (MAX_NAME + 1), DraftProblem.TOO_LONG),
    ],
)
def test_a_name_is_refused_with_what_is_wrong(name: str, problem: DraftProblem) -> None:
    assert problems(replace(GOOD, internal_name=name)) == ((DraftField.INTERNAL_NAME, problem),)


def test_authentication_is_not_made_here() -> None:
    draft = replace(GOOD, category=TemplateCategory.AUTHENTICATION)
    assert problems(draft) == ((DraftField.CATEGORY, DraftProblem.CATEGORY),)


@pytest.mark.parametrize("language", ["pt", "xx", "", "klingon", "zh", "it it"])
def test_a_language_that_meta_does_not_have_is_refused(language: str) -> None:
    draft = replace(GOOD, language=language)
    assert problems(draft) == ((DraftField.LANGUAGE, DraftProblem.NO_SUCH_LANGUAGE),)


def test_a_name_serves_once_in_a_language_whatever_its_case() -> None:
    other = Other("promemoria  CHECK-IN", "it", "Un altro testo")
    taken = ((DraftField.INTERNAL_NAME, DraftProblem.SAME_NAME),)
    assert problems(GOOD, [other]) == taken
    assert problems(GOOD, [replace(other, cancelled=True)]) == taken
    assert problems(GOOD, [replace(other, language="en")]) == ()


def test_a_text_serves_once_unless_meta_refused_it() -> None:
    other = Other("Altro", "it", GOOD.body.upper() + " ")
    assert problems(GOOD, [other]) == ((DraftField.BODY, DraftProblem.SAME_TEXT),)
    assert problems(GOOD, [replace(other, cancelled=True)]) == ()


def test_all_problems_are_told_at_once_in_the_order_of_the_steps() -> None:
    draft = TemplateDraft(TemplateCategory.AUTHENTICATION, "", "{{1}} www.x", "pt")
    assert problems(draft) == (
        (DraftField.CATEGORY, DraftProblem.CATEGORY),
        (DraftField.INTERNAL_NAME, DraftProblem.EMPTY),
        (DraftField.BODY, DraftProblem.VARIABLE),
        (DraftField.BODY, DraftProblem.URL),
        (DraftField.LANGUAGE, DraftProblem.NO_SUCH_LANGUAGE),
    )


@given(st.text(max_size=1200))
def test_a_text_without_problems_is_plain_text_to_the_state_too(body: str) -> None:
    """What the wizard lets through must not come back «Incompatibile»."""
    draft = tidy(replace(GOOD, body=body))
    if not problems(draft):
        assert incompatibilities("utility", [{"type": "BODY", "text": draft.body}]) == ()


@pytest.mark.parametrize(
    ("internal_name", "name"),
    [
        ("Promemoria check-in", "promemoria_check_in"),
        ("Perché no? È già qui!", "perche_no_e_gia_qui"),
        ("Straße & Öl", "strasse_ol"),
        ("L'arrivo", "l_arrivo"),
        ("№ 1", "no_1"),
        ("  __x__  ", "x"),
        ("2026", "2026"),
        ("Напоминание", "template"),
        ("تذكير", "template"),
        ("🏖️", "template"),
        ("Заезд 15:00", "15_00"),
        ("", "template"),
    ],
)
def test_metas_name_is_plain_ascii(internal_name: str, name: str) -> None:
    assert meta_name(internal_name) == name


@given(st.text(max_size=700), st.sets(st.sampled_from(["template", "a", "a_2", "a_3"])))
def test_metas_name_is_always_one_that_she_takes_and_nobody_has(
    internal_name: str, taken: set[str]
) -> None:
    name = meta_name(internal_name, taken)
    assert re.fullmatch(r"[a-z0-9_]{1,512}", name)
    assert name not in taken


def test_a_taken_name_is_numbered_within_the_limit() -> None:
    assert meta_name("a", {"a"}) == "a_2"
    assert meta_name("a", {"a", "a_2"}) == "a_3"
    longest = meta_name("x" * 600)
    assert len(longest) == MAX_META_NAME
    assert len(meta_name("x" * 600, {longest})) <= MAX_META_NAME


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("it", "it"),
        ("it-IT", "it"),
        ("IT", "it"),
        ("en", "en"),
        ("en-US", "en_US"),
        ("en_us", "en_US"),
        ("en-GB", "en_GB"),
        ("en-DK", "en"),
        ("pt-BR", "pt_BR"),
        ("pt_PT", "pt_PT"),
        ("pt", None),
        ("pt-AO", None),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("iw", "he"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant-TW", "zh_TW"),
        ("zh", None),
        ("xx", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_language_tag_becomes_metas_code(tag: str, code: str | None) -> None:
    assert meta_code(tag) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_metas_codes_and_language_tags_go_there_and_back(code: str) -> None:
    assert meta_code(bcp47(code)) == code == meta_code(code)


def test_who_asks_for_a_language_without_its_country_is_shown_the_countries() -> None:
    assert alternatives("pt") == ("pt_BR", "pt_PT")
    assert alternatives("xx") == ()
