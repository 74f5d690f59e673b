"""What the screens show of WhatsApp templates: plain values, ready to travel to a browser."""

from typing import TypedDict


class TemplateRow(TypedDict):
    """One language of a template. Moments are epoch milliseconds (0: none)."""

    id: str
    name: str
    """As it was typed here, or Meta's."""
    meta_name: str
    language: str
    """Meta's code: it, en_US."""
    category: str
    previous_category: str
    """"" unless Meta changed it."""
    header: str
    body: str
    footer: str
    state: str
    """`domain.templates.TemplateState`."""
    meta_status: str
    """In Meta's words: the label of what is paused, or of a status we have never seen."""
    reasons: list[str]
    """`domain.templates.Incompatibility`, for what Meta approved and cannot be sent from here."""
    meta_reason: str
    """Why Meta refused, paused or disabled it; "" when she gave no reason."""
    meta_advice: str
    quality: str
    updated_at: int


class TemplatesSync(TypedDict):
    """How fresh the list of templates is, and whether it can be read anew."""

    read_at: int
    """When the whole list was last read from Meta; 0: never."""
    failure: str
    """Meta's words when the last reading failed, "" otherwise."""
    reading: bool
    """Whether a reading is under way."""
    may_manage: bool
    """Whether there is a connection that works, to read, make and delete templates with."""


NO_SYNC = TemplatesSync(read_at=0, failure="", reading=False, may_manage=False)
"""Before anything was read."""


class TemplateCounts(TypedDict):
    """How many stand in each state."""

    accepted: int
    pending: int
    incompatible: int
    cancelled: int
