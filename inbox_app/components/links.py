"""Links inside the application, and the parts of its address."""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

_file = rx.asset("links.jsx", shared=True)


class PlaceLink(rx.Component):
    """A link that knows when it leads to the page one is on (`aria-current="page"`)."""

    library = _file.importable_path
    tag = "PlaceLink"

    to: rx.Var[str]
    end: rx.Var[bool]


class BackLink(rx.Component):
    """A link back to where one came from, else to `to`."""

    library = _file.importable_path
    tag = "BackLink"

    to: rx.Var[str]


def address_part(name: str) -> rx.Var[str]:
    """A dynamic part of the address, known in the browser before the server answers."""
    data = VarData(
        imports={_file.importable_path: [ImportVar(tag="useAddressPart")]},
        hooks={f'const {name}_in_address = useAddressPart("{name}");': None},
    )
    return rx.Var(_js_expr=f"{name}_in_address", _var_type=str, _var_data=data).to(str)
