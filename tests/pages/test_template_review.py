"""What the wizard says of a draft."""

from datetime import datetime

import pytest

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.database import Database
from inbox_app.domain.templates import HintKind, TemplateCategory
from inbox_app.pages.template_wizard.draft_review import Checked, review
from inbox_app.pages.template_wizard.rows import ProblemRow
from tests.support.factories import make_world
from tests.support.templates import here

pytestmark = pytest.mark.anyio
LONG = "Buongiorno, abbiamo una bella novità che riguarda il suo soggiorno. Ci risponde qui?"


async def reviewed(database: Database, now: datetime, body: str) -> Checked:
    """Beside a template that says `LONG`."""
    draft = TemplateDraft(TemplateCategory.UTILITY, "Prova", body, "it")
    async with database.transaction() as session:
        world = await make_world(session, now)
        await here(session, world, now, text=LONG)
        return await review(session, world.account_id, draft, None)


async def test_all_that_is_wrong_with_a_text_is_said_at_once(
    sqlite: Database, now: datetime
) -> None:
    found = await reviewed(sqlite, now, "Ciao {{1}}, guardi www.casedelsole.example")
    assert found.problems == [
        ProblemRow(field="body", problem="variable"),
        ProblemRow(field="body", problem="url"),
    ]


async def test_what_says_the_same_is_not_said_to_be_nearly_the_same_too(
    sqlite: Database, now: datetime
) -> None:
    found = await reviewed(sqlite, now, LONG)
    assert found.problems == [ProblemRow(field="body", problem="same_text")]
    assert found.hints == []


async def test_a_long_text_that_is_nearly_the_same_is_shortened_between_words(
    sqlite: Database, now: datetime
) -> None:
    found = await reviewed(sqlite, now, LONG.replace("bella ", ""))
    (hint,) = found.hints
    assert hint["kind"] == HintKind.NEAR_DUPLICATE
    assert hint["words"] == "Buongiorno, abbiamo una bella novità che riguarda il suo…"
