"""The linter warns of what Meta is likely to refuse, and of nothing else (T7)."""

import pytest

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.channels.whatsapp.templates.hints import Hint, hints
from inbox_app.domain.templates import HintKind, TemplateCategory

CHECK_IN = "Buongiorno, vi ricordiamo che il check-in è dalle 15 alle 19. A presto!"


def kinds(
    body: str, language: str = "it", category: TemplateCategory = TemplateCategory.UTILITY
) -> list[HintKind]:
    return [hint.kind for hint in hints(TemplateDraft(category, "x", body, language))]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (CHECK_IN, "it"),
        ("Good morning, we are happy to have you with us. The key is in the box.", "en"),
        ("Hola, le recordamos que la entrada es a partir de las 15. Gracias por su visita.", "es"),
        ("Guten Tag, Ihre Schlüssel sind in der Box und wir sind für Sie da.", "de_AT"),
        ("Bonjour, votre appartement est prêt. Nous vous attendons avec plaisir.", "fr"),
        ("La password del Wi-Fi è sole2026, la rete è CASASOLE.", "it"),
        ("The WiFi password is sole2026", "en"),
        ("Il nuovo prezzo del sale è esposto", "it"),
        ("OK, SMS inviato a IBIS", "it"),
        ("Добрый день, ключ у входа", "ru"),
        ("", "it"),
    ],
)
def test_an_ordinary_text_raises_no_hint(body: str, language: str) -> None:
    assert kinds(body, language) == []


@pytest.mark.parametrize(
    ("body", "language", "words"),
    [
        ("Solo per oggi: sconto del 20%!", "it", ("solo per oggi", "sconto")),
        ("Book now and get 20% off", "en_GB", ("book now", "20% off")),
        ("Aproveche la oferta", "es", ("aproveche", "oferta")),
        ("Jetzt buchen: 10 % Rabatt", "de", ("jetzt buchen", "rabatt")),
        ("Profitez de nos offres", "fr", ("profitez", "offres")),
    ],
)
def test_advertising_in_a_utility_text_is_told_with_its_words(
    body: str, language: str, words: tuple[str, ...]
) -> None:
    draft = TemplateDraft(TemplateCategory.UTILITY, "x", body, language)
    assert Hint(HintKind.PROMOTIONAL, words) in hints(draft)
    assert HintKind.PROMOTIONAL not in kinds(body, language, TemplateCategory.MARKETING)


@pytest.mark.parametrize(
    ("body", "language", "likely"),
    [
        (CHECK_IN + " Vi aspettiamo con gli altri ospiti della casa.", "en", "it"),
        ("We are happy to have you with us and the key is in the box for you.", "it", "en"),
        ("Wir freuen uns und die Schlüssel sind nicht in der Box, das ist für Sie.", "fr", "de"),
        ("We are happy to have you with us and the key is in the box for you.", "ar", "en"),
        ("مرحباً بكم في فيلا بوغانفيليا", "it", "ar"),
        ("שלום, מתי תגיעו?", "en", "he"),
        ("Здравствуйте, когда вы приедете?", "it", "ru"),
        ("こんにちは、いつ到着しますか", "en", "ja"),
    ],
)
def test_a_text_in_another_language_than_the_chosen_one_is_told(
    body: str, language: str, likely: str
) -> None:
    draft = TemplateDraft(TemplateCategory.UTILITY, "x", body, language)
    assert Hint(HintKind.OTHER_LANGUAGE, (likely,)) in hints(draft)


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("خوش آمدید به ویلای ما", "fa"),
        ("Вітаємо, коли ви приїдете?", "uk"),
        ("您好，请问几点到", "zh_CN"),
        ("今晩は、何時に到着しますか", "ja"),
        ("Xos gelmisiniz, ne vaxt gelirsiniz", "az"),
        ("Villa Ginestra, Via Roma 12, ore 15: שלום", "it"),
        ("🌞🌞🌞 15:00", "it"),
    ],
)
def test_a_script_in_which_the_language_is_written_is_no_other_language(
    body: str, language: str
) -> None:
    assert HintKind.OTHER_LANGUAGE not in kinds(body, language)


@pytest.mark.parametrize(
    "body",
    [
        "Ci mandi il numero della sua carta di credito",
        "Ci serve la foto del documento di tutti gli ospiti",
        "Inviare l'IBAN",
        "Please send a photo of your passport",
        "Envíe una foto de su pasaporte",
        "Bitte Ihre Kartennummer senden",
        "Envoyez une copie de votre pièce d'identité",
        "Scriva qui la password",
    ],
)
def test_asking_for_what_meta_forbids_to_ask_for_is_told(body: str) -> None:
    assert HintKind.SENSITIVE_DATA in kinds(body, "xx")


def test_too_many_emoji_and_capitals_are_told() -> None:
    assert HintKind.MANY_EMOJI in kinds("🎉" * 11 + CHECK_IN)
    assert HintKind.MANY_EMOJI not in kinds("🎉" * 10 + CHECK_IN)
    assert HintKind.MANY_CAPITALS in kinds("ATTENZIONE: IMPORTANTE, LEGGERE subito tutto")


def test_a_near_duplicate_is_told_with_the_text_it_resembles() -> None:
    draft = TemplateDraft(TemplateCategory.UTILITY, "x", CHECK_IN, "it")
    near = CHECK_IN.replace("19", "20")
    assert hints(draft, ["Tutt'altro", near]) == (Hint(HintKind.NEAR_DUPLICATE, (near,)),)
    assert hints(draft, ["Buongiorno, le chiavi sono alla reception."]) == ()
