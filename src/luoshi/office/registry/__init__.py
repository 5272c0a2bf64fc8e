"""The registers: tables made from packs, loaded, listed, and taken out again for a run."""
