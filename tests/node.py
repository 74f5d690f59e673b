"""Our plain scripts, run without a browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_COMPONENTS = Path(__file__).resolve().parent.parent / "inbox_app" / "components"


def in_node(script: str, expression: str, *values: Any) -> Any:
    """What an expression of one of the components' `module`s gives; `a` are the values."""
    source = (
        f"import * as module from {json.dumps((_COMPONENTS / script).as_uri())};"
        f"const a = {json.dumps(values)};"
        f"console.log(JSON.stringify({expression}));"
    )
    node = Path(sys.executable).parent / "node"
    command = [str(node), "--no-warnings", "--input-type=module", "-e", source]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)
