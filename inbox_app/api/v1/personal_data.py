"""`/actors/{external_id}/export` and `/erase`: what is kept of one person, given out and erased
(A6)."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from inbox_app import clock
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.problems import not_found
from inbox_app.api.v1.gate.values import ExternalId
from inbox_app.catalogues import text_in
from inbox_app.domain.errors import NotFoundError
from inbox_app.queries.accounts.signed_in import account_language
from inbox_app.queries.api.actors import known_id
from inbox_app.runtime import current_runtime
from inbox_app.workflows.erase_person import erase_person
from inbox_app.workflows.export_person import export_person

router = APIRouter(prefix="/actors", tags=["actors"])
_ZIP = {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}


@dataclass(frozen=True, slots=True)
class ErasedOut:
    """How much lost its contents."""

    conversations: int
    messages: int
    files: int


@router.get("/{external_id}/export", response_class=StreamingResponse, responses={**_ZIP})
async def export(holder: Holder, external_id: ExternalId) -> StreamingResponse:
    """A ZIP, written while it is fetched, with all that is kept of one person: `index.html`,
    `person.json`, `messages.jsonl` and `files/`."""
    actor_id, language = await _asked(holder, external_id)
    try:
        chunks = await export_person(
            current_runtime(),
            account_id=holder.account_id,
            actor_id=actor_id,
            user_id=None,
            language=language,
            now=clock.now(),
        )
    except NotFoundError:
        raise not_found() from None
    headers = {
        "content-disposition": f'attachment; filename="actor-{actor_id}.zip"',
        "cache-control": "no-store",
    }
    return StreamingResponse(chunks, media_type="application/zip", headers=headers)


@router.post("/{external_id}/erase")
async def erase(holder: Holder, external_id: ExternalId) -> ErasedOut:
    """All that tells of the person is erased for good, also of those merged into them; who wrote
    when stays. Nobody has the external id from then on."""
    actor_id, language = await _asked(holder, external_id)
    try:
        erased = await erase_person(
            current_runtime(),
            account_id=holder.account_id,
            actor_id=actor_id,
            name=text_in(language, "Erased person"),
            user_id=None,
            now=clock.now(),
            real_now=clock.real_now(),
        )
    except NotFoundError:
        raise not_found() from None
    return ErasedOut(len(erased.conversation_ids), erased.messages, len(erased.files))


async def _asked(holder: Holder, external_id: str) -> tuple[int, str]:
    """Whom the account has under this key, and its language."""
    async with current_runtime().database.reading() as session:
        actor_id = await known_id(session, holder.account_id, external_id)
        language = await account_language(session, holder.account_id)
    if actor_id is None:
        raise not_found()
    return actor_id, language
