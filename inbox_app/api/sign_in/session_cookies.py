"""The cookie of a session, and what guards the forms that are posted with it."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from inbox_app import clock, form_flash, sessions
from inbox_app.queries.accounts.signed_in import ABSOLUTE, Candidate, SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import sign_in
from inbox_app.vault import fingerprint, new_token


async def begin_session(request: Request, who: Candidate, target: str) -> Response:
    """Leads to `target` with a new session in a new cookie; one that the browser still had ends.
    Raises ``sign_in.NotAnyMoreError``."""
    if before := sessions.token_in(request.headers.get("cookie", "")):
        await sessions.end(before)
    token = new_token()
    async with current_runtime().database.transaction() as session:
        agent = request.headers.get("user-agent", "")
        await sign_in.start(session, who, fingerprint(token), agent, clock.real_now())
    answer = RedirectResponse(target, 303)
    set_cookie(answer, sessions.cookie_name(), token, ABSOLUTE)
    answer.delete_cookie(form_flash.COOKIE)
    return answer


def set_cookie(answer: Response, name: str, value: str, lasts: timedelta) -> None:
    """One that scripts and other sites cannot read."""
    answer.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=current_runtime().settings.is_https,
    )


def require_csrf(who: SignedIn, form: dict[str, str]) -> None:
    """Raises ``HTTPException`` unless a page of this session made the form."""
    if not sessions.is_csrf_token(who, form.get("csrf", "")):
        raise HTTPException(403, "The form is out of date: reload the page and try again.")
