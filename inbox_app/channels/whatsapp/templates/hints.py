"""A linter for templates: what Meta is likely to refuse or to file as marketing (T7)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft, tidy
from inbox_app.domain.templates import HintKind, TemplateCategory


@dataclass(frozen=True, slots=True)
class Hint:
    """`words` are what gave rise to it: words of the text, a language, the text it resembles."""

    kind: HintKind
    words: tuple[str, ...] = ()


MAX_EMOJI = 10
NEARLY_THE_SAME = 0.9


def hints(draft: TemplateDraft, texts: Iterable[str] = ()) -> tuple[Hint, ...]:
    """Warnings, never refusals; `texts` are the bodies of the templates that there are."""
    draft = tidy(draft)
    body = draft.body[:_READ]
    found = [
        _promotional(body, draft.language) if draft.category == TemplateCategory.UTILITY else None,
        _other_language(body, draft.language),
        _many_emoji(body),
        _many_capitals(body),
        _words(HintKind.SENSITIVE_DATA, _SENSITIVE, _WIFI.sub("", body)),
        _near_duplicate(body, texts),
    ]
    return tuple(hint for hint in found if hint is not None)


def _promotional(body: str, language: str) -> Hint | None:
    sought = _PROMOTIONAL.get(language.partition("_")[0])
    return sought and _words(HintKind.PROMOTIONAL, sought, body)


def _words(kind: HintKind, sought: re.Pattern[str], body: str) -> Hint | None:
    found = dict.fromkeys(match.group().lower().strip() for match in sought.finditer(body))
    return Hint(kind, tuple(found)) if found else None


def _other_language(body: str, language: str) -> Hint | None:
    chosen = language.partition("_")[0]
    likely = _by_script(body, chosen) or _by_small_words(body, chosen)
    return Hint(HintKind.OTHER_LANGUAGE, (likely,)) if likely else None


def _by_script(body: str, chosen: str) -> str | None:
    """The language to think of first when most letters are of a script it is not written in."""
    scripts = Counter(
        unicodedata.name(char, "").partition(" ")[0] for char in body if char.isalpha()
    )
    script, most = next(iter(scripts.most_common(1)), ("", 0))
    written = _SCRIPTS.get(script, (chosen,))
    mostly = most >= 5 and most * 2 > scripts.total()
    return next(iter(written)) if mostly and chosen not in written else None


def _by_small_words(body: str, chosen: str) -> str | None:
    """Only a text with several of another language's and hardly one of its own is suspected."""
    words = re.findall(r"[^\W\d_]+", body.lower())
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    likely = max(counts, key=lambda code: counts[code])
    enough = counts[likely] >= 3 and counts[likely] >= 2 * counts.get(chosen, 0) + 2
    known = chosen in counts or chosen in _OTHER_SCRIPTS
    return likely if known and enough else None


def _many_emoji(body: str) -> Hint | None:
    emoji = sum(unicodedata.category(char) == "So" for char in body)
    return Hint(HintKind.MANY_EMOJI) if emoji > MAX_EMOJI else None


def _many_capitals(body: str) -> Hint | None:
    """Words of four letters and more, so that codes and initials stay out of it."""
    words = re.findall(r"[^\W\d_]{4,}", body)
    shouted = [word for word in words if word.isupper()]
    enough = len(shouted) >= 3 and len(shouted) * 3 >= len(words)
    return Hint(HintKind.MANY_CAPITALS, tuple(shouted[:5])) if enough else None


def _near_duplicate(body: str, texts: Iterable[str]) -> Hint | None:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(body.lower())
    for text in texts:
        matcher.set_seq1(text.lower()[:_READ])
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        if body and all(bound() >= NEARLY_THE_SAME for bound in bounds):
            return Hint(HintKind.NEAR_DUPLICATE, (text,))
    return None


_READ = 2048


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PROMOTIONAL = {
    "it": _any_of(
        r"scont[oi]\w*|\d+ ?% di sconto|offert[ae]|promozion[ei]|promo|coupon|gratis|omaggio",
        r"in regalo|approfitta\w*|affrett\w*|ultim[ie] (?:posti|disponibilità)|esclusiv\w+",
        r"prenota (?:ora|subito)|solo per oggi|non perdere",
    ),
    "en": _any_of(
        r"discounts?|special offers?|offers?|deals?|sale|promotions?|promo|coupons?|vouchers?|free",
        r"gift|\d+ ?% off|save \d+|hurry|limited time|book now|exclusive|don'?t miss|last minute",
    ),
    "es": _any_of(
        r"descuentos?|ofertas?|promoci[oó]n(?:es)?|cup[oó]n(?:es)?|reserv[ae] (?:ya|ahora)|gratis",
        r"aprovech\w+|regalo|rebajas?|no te pierdas|exclusiv\w+",
    ),
    "de": _any_of(
        r"rabatt\w*|(?:sonder)?angebot\w*|gutschein\w*|aktion|jetzt buchen|kostenlos|geschenk\w*",
        r"nur heute|exklusiv\w*|sparen sie",
    ),
    "fr": _any_of(
        r"r[ée]ductions?|promotions?|promo|offres?|remises?|bons? plans?|r[ée]servez maintenant",
        r"gratuit\w*|cadeaux?|profitez\w*|exclusi\w+|derni[èe]re minute",
    ),
}

_SENSITIVE = _any_of(
    r"(?:numero|dati) (?:della|di) (?:\w+ )?carta|carta di credito|cvv|cvc|iban|codice otp",
    r"(?:foto|copia|scansione) (?:del|della|dei|di) (?:\w+ )?(?:documento|documenti|passaporto)",
    r"(?:foto|copia) (?:della|di) carta d['’]identità|codice fiscale|coordinate bancarie",
    r"password|(?:credit |debit )?card (?:number|details)|credit card|passcode|bank details",
    r"security code|social security number|account number",
    r"(?:photo|picture|copy|scan) of (?:your|the) (?:\w+ )?(?:id|identity card|passport|document)",
    r"tarjeta de cr[eé]dito|n[uú]mero de (?:la |su |tu )?tarjeta|contraseña|datos bancarios",
    r"(?:foto|copia) (?:del|de su|de tu) (?:dni|pasaporte|documento)",
    r"kreditkarte\w*|kartennummer|passwort|bankdaten|kontonummer",
    r"(?:foto|kopie) (?:ihres|deines|des) (?:\w*ausweis\w*|reisepass\w*)",
    r"carte (?:de cr[ée]dit|bancaire)|num[ée]ro de (?:la |votre )?carte|mot de passe",
    r"(?:photo|copie) de (?:la|votre) (?:pi[èe]ce|carte) d['’]identit[ée]",
)
_WIFI = re.compile(
    r"(?:password|passwort|contraseña|mot de passe).{0,15}wi-?fi"
    r"|wi-?fi.{0,15}(?:password|passwort)",
    re.IGNORECASE,
)
"""That password is told, not asked for."""

_SMALL_WORDS = {
    "it": _set("il lo gli di che è per con del della nel alle sono vi la le un una non"),
    "en": _set("the of and to is for with your you we our are at on this will be have"),
    "es": _set("el los las del que es para con su una por al le se y en está nuestro"),
    "de": _set("der die das und ist für mit ihr sie wir ihre ein eine nicht um zu den"),
    "fr": _set("le les des est pour avec votre vous nous une du au dans et sur ce à"),
    "pt": _set("o os as do da que é para com sua um uma não em no você seu está"),
    "nl": _set("de het een en is voor met uw u wij van op niet om te zijn onze"),
}
_SCRIPTS = {
    "ARABIC": ("ar", "fa", "ur", "ps", "prs"),
    "HEBREW": ("he",),
    "CYRILLIC": ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "az", "uz"),
    "GREEK": ("el",),
    "CJK": ("zh", "ja", "ko"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr"),
}
"""As Unicode names its letters, with the languages written in it, the likeliest first."""
_OTHER_SCRIPTS = _set("ar be bg el fa he hi ja ka ko mk ru sr th uk ur zh")
"""A text in small words of ours is in none of these."""
