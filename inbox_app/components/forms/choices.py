"""Choosers of a time zone and of a country, named in the person's language by the browser."""

import phonenumbers
import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.vars import Shown

_file = rx.asset("choices.jsx", shared=True)
_needs = (text,)
_COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)


class _Choice(rx.Component):
    library = _file.importable_path

    name: rx.Var[str]
    value: rx.Var[str]


class _TimeZoneSelect(_Choice):
    tag = "TimeZoneSelect"


class _CountrySelect(_Choice):
    tag = "CountrySelect"

    codes: rx.Var[list[str]]


def time_zone_select(name: str, value: Shown) -> rx.Component:
    """Posts an IANA name; `value` stands chosen at first."""
    return _TimeZoneSelect.create(name=name, value=value, id=name)


def country_select(name: str, value: Shown) -> rx.Component:
    """Posts an ISO 3166 code; `value` stands chosen at first."""
    return _CountrySelect.create(name=name, value=value, id=name, codes=_COUNTRIES)
