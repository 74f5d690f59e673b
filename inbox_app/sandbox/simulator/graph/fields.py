"""Which fields of an object are answered (docs/whatsapp.md §7.3, §10.1)."""

from inbox_app.sandbox.simulator.graph.errors import Json


def only_asked(told: Json, fields: str | None) -> Json:
    """Those that were asked for, comma between them, and the id always; without ``fields`` all."""
    asked = fields.split(",") if fields else list(told)
    return {key: value for key, value in told.items() if key in asked or key == "id"}
