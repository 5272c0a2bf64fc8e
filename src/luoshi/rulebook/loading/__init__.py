"""From a pack folder to a typed pack, with every problem as a finding with its position."""

from luoshi.rulebook.loading.pack import Loaded, find_folder, load_pack, shipped_packs, try_load

__all__ = ["Loaded", "find_folder", "load_pack", "shipped_packs", "try_load"]
