"""Synthetic cities: registers drawn from the `sample.yaml` of a pack, skewed, incomplete and faulty like real ones."""

from luoshi.sampling.sampler import Ready, Summary, load_plan, sample

__all__ = ["Ready", "Summary", "load_plan", "sample"]
