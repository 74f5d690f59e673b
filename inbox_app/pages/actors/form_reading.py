"""What the form of an actor holds, as a browser may send it."""

from typing import Any, cast

from inbox_app.domain.locales import is_language
from inbox_app.domain.people.actors import ActorKind
from inbox_app.pages import untrusted
from inbox_app.services.people.actor_values import LONGEST_NOTES
from inbox_app.services.people.make_actor import NewActor

_LONGEST_FIELD, _LONGEST_NUMBER, _MOST_NUMBERS = 400, 400, 20
_KINDS = {kind.value: kind for kind in ActorKind}


def read_form(form: object) -> NewActor | None:
    """None for what no form of ours posts."""

    def field(name: str, at_most: int = _LONGEST_FIELD) -> str:
        return (untrusted.form_field(form, name, at_most) or "").strip()

    kind, language, numbers = _KINDS.get(field("kind")), field("language"), _numbers(form)
    if kind is None or numbers is None or (language and not is_language(language)):
        return None
    place = untrusted.row_id(field("place"))
    is_guest = kind is ActorKind.GUEST
    return NewActor(
        kind=kind,
        name=field("name"),
        numbers=numbers,
        whatsapp=field("whatsapp", _LONGEST_NUMBER),
        email=field("email"),
        language=language,
        notes=field("notes", LONGEST_NOTES),
        reservation_id=place if is_guest else None,
        accommodation_id=None if is_guest else place,
    )


def _numbers(form: object) -> list[str] | None:
    given: Any = cast("dict[str, Any]", form).get("numbers") if isinstance(form, dict) else None
    if not isinstance(given, list) or len(cast("list[Any]", given)) > _MOST_NUMBERS:
        return None
    texts = [untrusted.text(each, _LONGEST_NUMBER) for each in cast("list[Any]", given)]
    return [each.strip() for each in texts if each and each.strip()]
