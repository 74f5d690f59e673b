"""Our plain scripts, run without a browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from inbox_app.operating.build_pages import ROOT, build_if_stale

_COMPONENTS = ROOT / "inbox_app" / "components"
_AS_THE_PAGES_FIND_THEM = f"""
import {{ registerHooks }} from "node:module";
const parentURL = {json.dumps((ROOT / ".web" / "package.json").as_uri())};
const here = {json.dumps(_COMPONENTS.as_uri() + "/")};
const component = /^@\\/external\\/inbox_app\\/components\\/((?:\\w+\\/)+)\\w+\\/(?=[^/]+$)/;
const unused = "data:text/javascript,export const useSyncExternalStore = undefined";
registerHooks({{
  resolve: (name, context, next) => {{
    if (component.test(name)) return next(name.replace(component, here + "$1"), context);
    if (name === "react") return next(unused, context);
    return next(name, /^[a-z@]/.test(name) && !name.includes(":") ? {{ ...context, parentURL }} : context);
  }},
  load: (url, context, next) => next(url, url.endsWith(".jsx") ? {{ ...context, format: "module" }} : context),
}});
"""  # noqa: E501
"""Packages are those of the pages, our components stand beside each other, nothing is drawn."""


def need_packages() -> None:
    """The packages of the pages are installed, as the lock has them, when the pages are built."""
    build_if_stale()


def in_node(script: str, expression: str, *values: Any) -> Any:
    """What an expression of one of the components' `module`s gives; `a` are the values."""
    source = (
        _AS_THE_PAGES_FIND_THEM
        + f"const module = await import({json.dumps((_COMPONENTS / script).as_uri())});"
        f"const a = {json.dumps(values)};"
        f"console.log(JSON.stringify({expression}));"
    )
    node = Path(sys.executable).parent / "node"
    command = [str(node), "--no-warnings", "--input-type=module", "-e", source]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)
