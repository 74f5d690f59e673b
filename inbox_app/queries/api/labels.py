"""Labels as the HTTP API shows them."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.models import Label
from inbox_app.queries.labels.labels import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelOut:
    """One of an account's labels."""

    id: str
    name: str
    colour: LabelColour


async def labels(session: AsyncSession, account_id: int) -> list[LabelOut]:
    """All of them, by name."""
    return [label_out(label) for label in await in_order(session, account_id)]


def label_out(label: Label) -> LabelOut:
    """One of them."""
    return LabelOut(id=str(label.id), name=label.name, colour=label.colour)
