"""Looking at a whole installation."""

from collections.abc import Callable

from inbox_app.config.settings import Settings, SettingsError
from inbox_app.operating.doctor.checks import CHECKS, NoDatabaseError
from inbox_app.operating.doctor.findings import Finding, Findings
from inbox_app.runtime import start_runtime, stop_runtime

_MEND_DATABASE = "Check DATABASE_URL, that the server of the database runs, and DATA_DIR's rights."


async def examine(read_settings: Callable[[], Settings]) -> Findings:
    """Look at everything that can be looked at; what cannot is a finding itself."""
    found = Findings()
    try:
        runtime = start_runtime(read_settings())
    except SettingsError as error:
        found.wrong.append(Finding(str(error), "Correct it in the environment or in .env."))
        return found
    try:
        for check in CHECKS:
            async for finding in check(runtime):
                (found.notes if finding.note else found.wrong).append(finding)
    except NoDatabaseError as error:
        found.wrong.append(Finding(f"The database cannot be used ({error}).", _MEND_DATABASE))
    finally:
        await stop_runtime()
    return found
