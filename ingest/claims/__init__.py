"""The one comparison of claims: what bears a sentence, where two of one event differ. Pure."""

from __future__ import annotations

from ingest.claims.claim import Claim, claims_in
from ingest.claims.compare import Verdict, bears, leans, nearest, vetoed
from ingest.claims.differ import Difference, Stated, agrees, differs, statements

__all__ = [
    "Claim",
    "Difference",
    "Stated",
    "Verdict",
    "agrees",
    "bears",
    "claims_in",
    "differs",
    "leans",
    "nearest",
    "statements",
    "vetoed",
]
