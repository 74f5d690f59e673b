"""Where a task stands, and whose it is; what else follows from these."""

from datetime import datetime

from inbox_app.domain.tasks import TO_DO, TaskStatus
from inbox_app.models import Task


def stand(task: Task, status: TaskStatus, now: datetime) -> None:
    """Whoever opens one again waits for an answer from now on."""
    if status in TO_DO:
        if task.closed_at is not None and task.supplier_id is not None:
            task.asked_at = now
        task.closed_at = None
    elif status is not task.status or task.closed_at is None:
        task.closed_at = now
    task.status = status


def hand_to(task: Task, supplier_id: int | None, now: datetime) -> None:
    """It is this supplier's, or nobody's; what another has said before is no answer to it."""
    if supplier_id != task.supplier_id:
        task.supplier_id = supplier_id
        task.asked_at = now if supplier_id else None
