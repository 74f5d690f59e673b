"""What members of several resources may hold."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, StringConstraints

from inbox_app.domain.messages import clean_line, clean_text

Line = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=200)]
Name = Annotated[str, AfterValidator(clean_line), StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, AfterValidator(clean_text), StringConstraints(max_length=20_000)]
Key = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
"""An external id: the caller's own key of a thing."""
ExternalId = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""The same, in an address."""
