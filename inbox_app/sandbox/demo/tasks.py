"""What the demo company's suppliers have to do: late, ahead, done; one was answered (P3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.services.tasks.put_task import GivenTask, put_task


@dataclass(frozen=True, slots=True)
class _Sample:
    key: str
    title: str
    kind: TaskKind
    home: str
    due_in: int
    """Days."""
    given_ago: timedelta
    """When its supplier got it, before now."""
    status: TaskStatus = TaskStatus.OPEN
    supplier: str = "rossi"
    description: str | None = None


_SAMPLES = (
    _Sample(
        "op-1", "Pulizia e cambio biancheria", TaskKind.CLEANING, "casa-blu",
        1, timedelta(days=4),
        description="Due camere. Le lenzuola pulite sono nell'armadio del corridoio.",
    ),
    _Sample(
        "op-2", "Accoglienza e consegna chiavi", TaskKind.CHECK_IN, "casa-do-mar",
        2, timedelta(minutes=1),
    ),
    _Sample(
        "op-3", "Pulizia finale", TaskKind.CLEANING, "trullo-2",
        -3, timedelta(days=5), TaskStatus.DONE,
    ),
    _Sample(
        "op-4", "Sostituire il salvavita del quadro", TaskKind.MAINTENANCE, "villa-ginestra",
        -1, timedelta(days=6), supplier="elettrica",
    ),
)  # fmt: skip


async def write_tasks(session: AsyncSession, account_id: int, now: datetime) -> None:
    """Due in the morning, as people plan."""
    for each in _SAMPLES:
        day = now + timedelta(days=each.due_in)
        due_at = day.replace(hour=10, minute=0, second=0, microsecond=0)
        given = GivenTask(
            title=each.title,
            kind=each.kind,
            status=each.status,
            accommodation=each.home,
            supplier=each.supplier,
            due_at=due_at,
            description=each.description,
        )
        await put_task(session, account_id, each.key, given, now - each.given_ago)
