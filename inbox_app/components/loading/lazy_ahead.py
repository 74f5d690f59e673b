"""Scripts that are not of the first load, and yet there before somebody wants them."""

import reflex as rx
from reflex_base.components.component import NoSSRComponent
from reflex_base.utils.imports import ImportVar, ParsedImportDict

_file = rx.asset("lazy_ahead.js", shared=True)


class _LazyPart(NoSSRComponent):
    def _get_imports(self) -> ParsedImportDict:
        return {_file.importable_path: [ImportVar(tag="lazyPart")]}

    def _get_dynamic_imports(self) -> str:
        load = f"import('{self.library}').then(({{ {self.tag} }}) => ({{ default: {self.tag} }}))"
        return f"const {self.tag} = lazyPart(() => {load})"


def lazy_part(part: rx.Component) -> rx.Component:
    """What an `rx.memo` without parameters draws, by a script that comes when the page is idle, or
    when it is drawn before that: for what stands in a dialog or is rarely there. The memo is
    written where no page is, or it shares the page's script."""

    class LazyPart(_LazyPart):
        library = part.library
        tag = part.tag

    return LazyPart.create()
