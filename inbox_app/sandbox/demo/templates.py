"""The templates of the demo company: one of each sort that there is to see."""

from collections.abc import Sequence
from typing import Any

from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.sandbox.simulator.template_store import Json, StoredTemplate

_SIGNED = {"type": "FOOTER", "text": "Case del Sole"}


def demo_templates() -> Sequence[StoredTemplate]:
    """As Meta would have them after some years of business."""
    return [*_ready(), *_waiting(), *_refused(), *_not_for_here()]


def _ready() -> list[StoredTemplate]:
    return [
        _plain("arrival_reminder", "it", _ARRIVAL_IT, quality="GREEN"),
        _plain("arrival_reminder", "en", _ARRIVAL_EN, quality="GREEN"),
        _plain("arrival_reminder", "de", _ARRIVAL_DE),
        _plain("arrival_reminder", "fr", _ARRIVAL_FR),
        _plain("arrival_reminder", "es", _ARRIVAL_ES),
        _template("house_rules", "it", "UTILITY", [_header("Le regole della casa"), *_RULES]),
        _plain("contact_us", "it", _CONTACT_IT, quality="GREEN"),
        _plain("contact_us", "en_US", _CONTACT_EN),
        _plain("cleaning_tomorrow", "it", _CLEANING, quality="YELLOW"),
        _template(
            "winter_by_the_sea", "it", "MARKETING", [_body(_WINTER), _SIGNED], previous="UTILITY"
        ),
    ]


def _waiting() -> list[StoredTemplate]:
    return [
        _plain("late_check_out", "it", _LATE, status="PENDING"),
        _plain("contact_us", "de", _CONTACT_DE, status="IN_APPEAL"),
        _plain("review_request", "en", _REVIEW, status="PAUSED", quality="RED"),
        _plain("owner_report", "it", _REPORT, status="UNDER_SECOND_REVIEW"),
    ]


def _refused() -> list[StoredTemplate]:
    return [
        _plain("document_check", "it", _DOCUMENT, status="REJECTED", reason="SCAM"),
        _plain("spring_news", "fr", _SPRING, status="REJECTED", reason="TAG_CONTENT_MISMATCH"),
        _plain("old_welcome", "it", _OLD, status="DISABLED", quality="RED"),
    ]


def _not_for_here() -> list[StoredTemplate]:
    image = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::an"]}}
    card = {"components": [image, _body("Trullo con piscina")]}
    return [
        _template("door_code", "it", "UTILITY", [_variable("Il codice della porta è {{1}}.")]),
        _template("booking_link", "en", "UTILITY", [_body(_BOOKING), _button("Open booking")]),
        _template("welcome_photo", "it", "MARKETING", [image, _body(_OLD)]),
        _template("website", "it", "UTILITY", [_body("Tutte le case su www.casedelsole.example")]),
        _template("login_code", "it", "AUTHENTICATION", [_variable("*{{1}}* è il tuo codice.")]),
        _template(
            "our_houses",
            "es",
            "MARKETING",
            [_body("Nuestras casas"), {"type": "CAROUSEL", "cards": [card, card]}],
        ),
    ]


def _plain(
    name: str, language: str, text: str, status: str = "APPROVED", **more: str
) -> StoredTemplate:
    return _template(name, language, "UTILITY", [_body(text)], status, **more)


def _template(
    name: str,
    language: str,
    category: str,
    components: list[Json],
    status: str = "APPROVED",
    *,
    reason: str = "NONE",
    quality: str = "UNKNOWN",
    previous: str | None = None,
) -> StoredTemplate:
    return StoredTemplate(
        waba_id=DEMO_NUMBER.waba_id,
        name=name,
        language=language,
        category=category,
        components=components,
        status=status,
        rejected_reason=reason,
        quality=quality,
        previous_category=previous,
    )


def _header(text: str) -> Json:
    return {"type": "HEADER", "format": "TEXT", "text": text}


def _body(text: str) -> Json:
    return {"type": "BODY", "text": text}


def _variable(text: str) -> Json:
    return _body(text) | {"example": {"body_text": [["4711"]]}}


def _button(text: str) -> Json:
    button: dict[str, Any] = {"type": "URL", "text": text, "url": "https://casedelsole.example/b"}
    return {"type": "BUTTONS", "buttons": [button]}


_ARRIVAL_IT = (
    "Buongiorno! Il suo soggiorno si avvicina: il check-in è dalle 15 alle 19. "
    "Ci può scrivere qui a che ora pensa di arrivare?\n\nA presto 🌞"
)
_ARRIVAL_EN = (
    "Good morning! Your stay is coming up: check-in is from 3 pm to 7 pm. "
    "Could you tell us here at what time you expect to arrive?\n\nSee you soon 🌞"
)
_ARRIVAL_DE = (
    "Guten Tag! Ihr Aufenthalt rückt näher: Check-in ist von 15 bis 19 Uhr. "
    "Schreiben Sie uns bitte hier, wann Sie ungefähr ankommen?\n\nBis bald 🌞"
)
_ARRIVAL_FR = (
    "Bonjour ! Votre séjour approche : l'arrivée se fait de 15 h à 19 h. "
    "Pouvez-vous nous écrire ici à quelle heure vous pensez arriver ?\n\nÀ bientôt 🌞"
)
_ARRIVAL_ES = (
    "¡Buenos días! Su estancia se acerca: la entrada es de 15 a 19 h. "
    "¿Puede decirnos aquí a qué hora piensa llegar?\n\nHasta pronto 🌞"
)
_RULES = [
    _body(
        "Silenzio dopo le 23, niente feste, i rifiuti vanno separati come indicato in cucina. "
        "Per qualsiasi cosa siamo qui."
    ),
    _SIGNED,
]
_CONTACT_IT = "Buongiorno, abbiamo una cosa da dirle sul suo soggiorno. Ci risponde qui?"
_CONTACT_EN = "Hello, we have something to tell you about your stay. Could you reply here?"
_CONTACT_DE = "Guten Tag, wir möchten Ihnen etwas zu Ihrem Aufenthalt sagen. Antworten Sie hier?"
_CLEANING = "Buongiorno, domani c'è una pulizia da confermare. Riesce a risponderci entro sera?"
_WINTER = (
    "D'inverno il mare è tutto per voi. ❄️🌊 Da novembre a marzo le nostre case vi aspettano a "
    "prezzi di bassa stagione: scriveteci le vostre date."
)
_LATE = "Buongiorno, il check-out tardivo delle 13 è possibile. Ci conferma qui se le interessa?"
_REVIEW = "Thank you for staying with us! Would you tell us here how you liked it?"
_REPORT = "Buongiorno, il rendiconto del mese è pronto. Le va bene riceverlo qui?"
_DOCUMENT = "Per completare il check-in ci mandi la foto del documento di tutti gli ospiti."
_SPRING = "Le printemps arrive sur la côte : nos maisons rouvrent en mars."
_OLD = "Benvenuti nelle Case del Sole! Siamo a disposizione per ogni domanda."
_BOOKING = "Your booking is confirmed. You find all details behind the button."
