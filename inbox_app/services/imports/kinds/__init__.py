"""The kinds of record that tables may hold: another is a file beside these, named here (A3)."""

from inbox_app.services.imports.kind import Kind
from inbox_app.services.imports.kinds.accommodations import Accommodations
from inbox_app.services.imports.kinds.actors import Actors
from inbox_app.services.imports.kinds.reservations import Reservations
from inbox_app.services.imports.kinds.tasks import Tasks

_ALL: tuple[Kind, ...] = (Reservations(), Actors(), Accommodations(), Tasks())
KINDS = {kind.name: kind for kind in _ALL}
