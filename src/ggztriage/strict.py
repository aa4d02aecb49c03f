"""The model of everything that is written down in files or kept in a session: strict, and never changed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """A model that knows all its fields, cannot be changed, and takes texts without the space around them."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, arbitrary_types_allowed=True)
