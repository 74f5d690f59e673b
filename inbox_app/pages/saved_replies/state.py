"""The state of the page of saved replies: those that are sought, and the one being written."""

from typing import NamedTuple

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed, settle
from inbox_app.pages.tabs.account_panels import AccountPanel
from inbox_app.queries.saved_replies import saved_replies
from inbox_app.queries.saved_replies.rows import ReplyTextRow, SavedReplyRow
from inbox_app.runtime import current_runtime
from inbox_app.services.saved_replies.write_reply import (
    ReplyRefusedError,
    create_reply,
    delete_reply,
    replace_reply,
)

MOST = 100
NEW = "new"
_LONGEST_SEARCH = 100
_LONGEST_TEXT = 20_000
_MAX_LANGUAGES = 50
_GONE = "gone"


class _View(NamedTuple):
    rows: list[SavedReplyRow]
    total: int


class SavedRepliesState(rx.State):
    """A saving is over when ``saved_ref`` or ``refused_ref`` becomes its ref."""

    ready: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[SavedReplyRow]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    """How many the account has, whatever is sought."""
    search: rx.Field[str] = rx.field("")
    language: rx.Field[str] = rx.field("it")
    """The reader's."""
    editing: rx.Field[str] = rx.field("")
    """The id of the one being written, `NEW`, or ""."""
    name: rx.Field[str] = rx.field("")
    texts: rx.Field[list[ReplyTextRow]] = rx.field(default_factory=list)
    problem: rx.Field[str] = rx.field("")
    """A ``ReplyProblem``, `gone`, or ""."""
    saved_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")
    asked_id: rx.Field[str] = rx.field("")
    """The one that is about to be deleted."""
    asked_name: rx.Field[str] = rx.field("")

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            set_changed(self, language=who.language, asked_id="")
            await self._read(who)

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Those with the words in name or text; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._read(who)

    @rx.event
    async def edit(self, reply: str) -> None:
        """Open the drawer for one, or for `NEW`."""
        who, id_ = await signed_in(self), untrusted.row_id(reply)
        if who is None:
            return
        name, texts = await _written(who, id_) if id_ else ("", {})
        if texts or reply == NEW:
            rows = [ReplyTextRow(language=code, text=text) for code, text in texts.items()]
            set_changed(self, editing=str(reply), name=name, texts=rows, problem="")

    @rx.event
    async def close(self) -> None:
        """The drawer is put away."""
        if await signed_in(self) is not None:
            set_changed(self, editing="", problem="")

    @rx.event
    async def save(self, reply: str, name: str, texts: dict[str, str], ref: str) -> None:
        """Keep what was written; refused, it stays in the drawer."""
        who, tried = await signed_in(self), untrusted.text(ref, _LONGEST_SEARCH)
        if who is None or not tried or tried == self.saved_ref:
            return
        words, named = _texts(texts), untrusted.text(name, _LONGEST_TEXT)
        if words is None or named is None:
            self.refused_ref = tried
            return
        problem = await _saved(who, untrusted.row_id(reply), named, words)
        settle(self, tried, problem)

    @rx.event
    async def ask_delete(self, reply: str) -> None:
        """Ask before deleting; "" when one thinks better of it."""
        who, id_ = await signed_in(self), untrusted.row_id(reply)
        name, _ = await _written(who, id_) if who is not None and id_ is not None else ("", {})
        set_changed(
            self,
            asked_id=str(id_) if name else "",
            asked_name=name or self.asked_name,
        )

    @rx.event
    async def delete(self) -> None:
        """Delete the one that was asked about."""
        who, id_ = await signed_in(self), untrusted.row_id(self.asked_id)
        if who is not None and id_ is not None:
            await _deleted(who, id_)
            self.asked_id = ""

    async def _read(self, who: SignedIn) -> None:
        await _PANEL.look(self, who, self.search)

    def _show(self, seen: _View) -> None:
        set_changed(self, ready=True, rows=seen.rows, total=seen.total)


async def _see(session: AsyncSession, who: SignedIn, words: str) -> _View:
    rows = await saved_replies.found(
        session, who.account_id, words=words, reader=who.language, limit=MOST
    )
    return _View(rows, await saved_replies.count(session, who.account_id))


_PANEL = AccountPanel(SavedRepliesState, _see)


async def _written(who: SignedIn, reply_id: int) -> tuple[str, dict[str, str]]:
    async with current_runtime().database.reading() as session:
        reply = await saved_replies.one(session, who.account_id, reply_id)
        if reply is None:
            return "", {}
        texts = await saved_replies.texts_of(session, who.account_id, [reply.id])
    return reply.name, texts[reply.id]


def _texts(given: object) -> dict[str, str] | None:
    """The texts by language, as a browser may send them."""
    if not isinstance(given, dict) or len(given) > _MAX_LANGUAGES:  # pyright: ignore[reportUnknownArgumentType]
        return None
    pairs = [
        (untrusted.text(code, 50), untrusted.text(text, _LONGEST_TEXT))
        for code, text in given.items()  # pyright: ignore[reportUnknownVariableType]
    ]
    texts = {code: text for code, text in pairs if code and text is not None}
    return texts if len(texts) == len(given) else None  # pyright: ignore[reportUnknownArgumentType]


async def _saved(who: SignedIn, reply_id: int | None, name: str, texts: dict[str, str]) -> str:
    """What stands against it; "" when it is kept."""
    runtime, now = current_runtime(), clock.real_now()
    kept = {code: text for code, text in texts.items() if text.strip()}
    try:
        async with runtime.database.transaction() as session:
            if reply_id is None:
                await create_reply(
                    session, who.account_id, name, kept, author_id=who.user_id, now=now
                )
            else:
                await replace_reply(session, who.account_id, reply_id, name, kept, now)
    except ReplyRefusedError as refused:
        return refused.problem.value
    except NotFoundError:
        return _GONE
    runtime.live.publish(Change(who.account_id))
    return ""


async def _deleted(who: SignedIn, reply_id: int) -> None:
    """One that is gone already is as wanted."""
    runtime = current_runtime()
    try:
        async with runtime.database.transaction() as session:
            await delete_reply(session, who.account_id, reply_id)
    except NotFoundError:
        return
    runtime.live.publish(Change(who.account_id))
