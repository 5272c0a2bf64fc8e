"""The pages of the registers: what is kept, lists, search, saved views, exports, single values in full."""
