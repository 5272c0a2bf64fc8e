"""The officials' site: the policy document as dashboard, in Chinese and English."""
