"""Uploaded files: adopting documents, evidence. Kept outside the web root, never overwritten."""
