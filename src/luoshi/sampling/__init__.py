"""Synthetic cities: registers drawn from the `sample.yaml` of a pack, skewed, incomplete and faulty like real ones."""

from luoshi.sampling.ready import Ready, load_plan
from luoshi.sampling.sampler import Summary, sample

__all__ = ["Ready", "Summary", "load_plan", "sample"]
