"""A chooser of a time zone."""

import reflex as rx

from inbox_app.components.vars import Shown

_file = rx.asset("time_zones.jsx", shared=True)


class _TimeZoneSelect(rx.Component):
    library = _file.importable_path
    tag = "TimeZoneSelect"

    name: rx.Var[str]
    value: rx.Var[str]


def time_zone_select(name: str, value: Shown) -> rx.Component:
    """Posts an IANA name; `value` stands chosen at first."""
    return _TimeZoneSelect.create(name=name, value=value, id=name)
