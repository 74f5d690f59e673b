"""The simulated Meta's office for templates: takes them, reviews them, tells of it by webhooks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from starlette.datastructures import URL

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.templates.components import parts
from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.channels.whatsapp.templates.hints import hints
from inbox_app.domain.templates import HintKind, TemplateCategory
from inbox_app.sandbox.simulator import wire
from inbox_app.sandbox.simulator.graph import templates as graph_templates
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.template_store import StoredTemplate, TemplateStore
from inbox_app.sandbox.simulator.webhook_sender import WebhookSender

REJECT = ("RIFIUTAMI", "REJECTME")
"""A text with one of these words is refused by the review."""
REJECT_AT_ONCE = ("RIFIUTAMI SUBITO", "REJECTME NOW")
"""One with these, by the answer to its making."""
NAME_KEPT = timedelta(days=30)
"""For so long nobody can have the name of a deleted template that was approved."""


class TemplateReview:
    """What Meta does with templates; they stand on `store`. Names of deleted ones are forgotten
    with the process."""

    def __init__(
        self,
        store: TemplateStore,
        webhooks: WebhookSender,
        post: Callable[[Json], Awaitable[bool]],
        now: Callable[[], datetime],
        review: float,
    ) -> None:
        self.store = store
        self._webhooks, self._post, self._now, self._seconds = webhooks, post, now, review
        self._deleted: dict[tuple[str, str, str], datetime] = {}

    def page(self, waba_id: str, url: URL, query: Mapping[str, str]) -> Json:
        """One page of the list."""
        return graph_templates.page(self.store, waba_id, url, query)

    def find(self, template_id: str) -> Json | None:
        """One template by its id, if it is one's."""
        found = next((one for one in self.store.templates if one.id == template_id), None)
        return found.told() if found else None

    def make(self, waba_id: str, payload: Json) -> StoredTemplate:
        """New, under review or refused; raises SimulatedGraphError when Meta does not take it."""
        template = graph_templates.new(waba_id, payload)
        if self.store.find(waba_id, template.name, template.language):
            raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388024)
        if self._keeps_the_name_of(template):
            raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388023)
        template.category = _as_meta_files_it(template)
        if _has(template, REJECT_AT_ONCE):
            template.status, template.rejected_reason = "REJECTED", "ABUSIVE_CONTENT"
        else:
            self._webhooks.begin(self._review(template))
        self.store.put(template)
        return template

    def delete(self, waba_id: str, query: Mapping[str, str]) -> Json:
        """By name, all languages; with `hsm_id` beside it, that one."""
        name, hsm_id = query.get("name"), query.get("hsm_id")
        gone = [
            one
            for one in self.store.of(waba_id)
            if one.name == name and (hsm_id is None or one.id == hsm_id)
        ]
        if not gone:
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, f"The message template {name} wasn't found.", 2593002
            )
        approved = [one for one in gone if one.status == "APPROVED"]
        self._deleted |= dict.fromkeys(map(_identity, approved), self._now())
        self.store.take_away(gone)
        return {"success": True}

    async def tell(self, template: StoredTemplate, event: str, reason: str | None = None) -> None:
        """Meta changes her mind about a template, and says so."""
        template.status = event
        template.rejected_reason = reason or "NONE"
        self.store.changed()
        at = int(self._now().timestamp())
        await self._post(wire.template_status(template, event, reason, at))

    def _keeps_the_name_of(self, template: StoredTemplate) -> bool:
        deleted_at = self._deleted.get(_identity(template))
        return deleted_at is not None and self._now() < deleted_at + NAME_KEPT

    async def _review(self, template: StoredTemplate) -> None:
        await asyncio.sleep(self._seconds)
        if template not in self.store.templates:
            return
        if _has(template, REJECT):
            await self.tell(template, "REJECTED", "TAG_CONTENT_MISMATCH")
        else:
            await self.tell(template, "APPROVED")


def _identity(template: StoredTemplate) -> tuple[str, str, str]:
    return template.waba_id, template.name, template.language


def _has(template: StoredTemplate, words: tuple[str, ...]) -> bool:
    return any(word in str(template.components) for word in words)


def _as_meta_files_it(template: StoredTemplate) -> str:
    """What reads like advertising is marketing, whatever it was called."""
    if template.category != "UTILITY":
        return template.category
    body = parts(template.components).body
    draft = TemplateDraft(TemplateCategory.UTILITY, "", body, template.language)
    promotional = any(hint.kind is HintKind.PROMOTIONAL for hint in hints(draft))
    return "MARKETING" if promotional else template.category
