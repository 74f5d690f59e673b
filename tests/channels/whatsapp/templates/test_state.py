"""The state of a template, as a property manager is told it (T1, T2)."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.templates.components import Parts, as_sent, parts
from inbox_app.channels.whatsapp.templates.state import incompatibilities, state_of
from inbox_app.domain.templates import Incompatibility, TemplateState

BODY = {"type": "BODY", "text": "Il check-in è dalle 14.30."}
ACCEPTED, PENDING = TemplateState.ACCEPTED, TemplateState.PENDING
CANCELLED, INCOMPATIBLE = TemplateState.CANCELLED, TemplateState.INCOMPATIBLE


@pytest.mark.parametrize(
    ("meta_status", "told"),
    [
        ("APPROVED", ACCEPTED),
        ("approved", ACCEPTED),
        ("REINSTATED", ACCEPTED),
        ("UNARCHIVED", ACCEPTED),
        ("PENDING", PENDING),
        ("IN_APPEAL", PENDING),
        ("PAUSED", PENDING),
        ("FLAGGED", PENDING),
        ("SOMETHING_NEW", PENDING),
        ("", PENDING),
        ("REJECTED", CANCELLED),
        ("DISABLED", CANCELLED),
        ("ARCHIVED", CANCELLED),
        ("LIMIT_EXCEEDED", CANCELLED),
        ("PENDING_DELETION", CANCELLED),
        ("DELETED", CANCELLED),
        ("LOCKED", CANCELLED),
    ],
)
@pytest.mark.parametrize("category", ["MARKETING", "utility"])
def test_the_state_of_a_plain_text_follows_metas_status(
    meta_status: str, told: TemplateState, category: str
) -> None:
    assert state_of(meta_status, category, [BODY]) == (told, ())


def buttons(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(items)}


CAROUSEL = {"type": "CAROUSEL", "cards": [{"components": [{"type": "HEADER", "format": "IMAGE"}]}]}
OFFER = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Solo oggi"}}

SHAPES: list[tuple[list[dict[str, Any]], list[Incompatibility]]] = [
    ([BODY], []),
    ([{"type": "body", "text": "minuscolo"}], []),
    ([{"type": "HEADER", "format": "TEXT", "text": "Ciao"}, BODY], []),
    ([{"type": "HEADER", "text": "senza formato"}, BODY], []),
    ([BODY, {"type": "FOOTER", "text": "Case del Sole, info@casedelsole.it"}], []),
    ([BODY, {"type": "FOOTER"}], []),
    ([BODY, buttons()], []),
    ([{"type": "BODY", "text": "*grassetto*\n\n{ 1 } 😀 dalle 14.30"}], []),
    ([{"type": "BODY", "text": "Ciao {{1}}"}], [Incompatibility.VARIABLE]),
    ([{"type": "BODY", "text": "Ciao {{ nome ospite }}"}], [Incompatibility.VARIABLE]),
    ([{"type": "HEADER", "format": "TEXT", "text": "{{1}}"}, BODY], [Incompatibility.VARIABLE]),
    ([{"type": "BODY", "text": "vedi https://x.it"}], [Incompatibility.URL]),
    ([{"type": "BODY", "text": "casedelsole.it"}], [Incompatibility.URL]),
    ([BODY, {"type": "FOOTER", "text": "www.casa.it"}], [Incompatibility.URL]),
    *(
        ([{"type": "HEADER", "format": media}, BODY], [Incompatibility.MEDIA_HEADER])
        for media in ("IMAGE", "VIDEO", "GIF", "DOCUMENT", "PRODUCT", "image", "HOLOGRAM")
    ),
    ([{"type": "HEADER", "format": "LOCATION"}, BODY], [Incompatibility.LOCATION_HEADER]),
    *(
        ([BODY, buttons({"type": kind, "text": "x"})], [Incompatibility.BUTTONS])
        for kind in (
            *("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "FLOW", "CATALOG", "MPM"),
            *("SPM", "VOICE_CALL", "APP", "CALL_PERMISSION_REQUEST", "REQUEST_CONTACT_INFO", "NEW"),
        )
    ),
    ([BODY, CAROUSEL], [Incompatibility.CAROUSEL]),
    ([BODY, OFFER], [Incompatibility.LIMITED_TIME_OFFER]),
    ([BODY, {"type": "SOMETHING_NEW"}], [Incompatibility.UNKNOWN_PART]),
    ([BODY, {}], [Incompatibility.UNKNOWN_PART]),
    ([], [Incompatibility.NO_BODY]),
    ([{"type": "BODY", "text": None}], [Incompatibility.NO_BODY]),
    ([{"type": "BODY", "text": "  "}], [Incompatibility.NO_BODY]),
    (
        [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "{{1}} www.x"}, CAROUSEL],
        [
            Incompatibility.VARIABLE,
            Incompatibility.URL,
            Incompatibility.MEDIA_HEADER,
            Incompatibility.CAROUSEL,
        ],
    ),
]


@pytest.mark.parametrize(("components", "reasons"), SHAPES)
def test_only_plain_text_is_accepted_and_the_rest_says_why_not(
    components: list[dict[str, Any]], reasons: list[Incompatibility]
) -> None:
    told, why = state_of("APPROVED", "UTILITY", components)
    assert list(why) == reasons
    assert told is (INCOMPATIBLE if reasons else ACCEPTED)


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        ("AUTHENTICATION", Incompatibility.AUTHENTICATION),
        ("ACCOUNT_UPDATE", Incompatibility.UNKNOWN_CATEGORY),
        ("", Incompatibility.UNKNOWN_CATEGORY),
    ],
)
def test_other_categories_are_not_sent_from_here(category: str, reason: Incompatibility) -> None:
    assert incompatibilities(category, [BODY]) == (reason,)
    assert state_of("PENDING", category, [BODY]) == (PENDING, ())


def test_it_reads_as_the_recipient_will_see_it() -> None:
    components = [
        {"type": "HEADER", "format": "TEXT", "text": "Benvenuti"},
        BODY,
        {"type": "FOOTER", "text": "Case del Sole"},
    ]
    words = parts(components)
    assert words == Parts("Benvenuti", "Il check-in è dalle 14.30.", "Case del Sole")
    assert as_sent(words) == "*Benvenuti*\n\nIl check-in è dalle 14.30.\n\nCase del Sole"
    assert as_sent(parts([BODY])) == "Il check-in è dalle 14.30."
