"""What runs weights that read two texts together."""

from __future__ import annotations

from ingest.models.adapted import AdaptedEncoder
from ingest.models.crossencoder import CrossEncoder

__all__ = ["AdaptedEncoder", "CrossEncoder"]
