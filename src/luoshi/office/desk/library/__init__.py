"""The pages of the policy library: packs, their editions, what differs, and how one begins to decide."""
