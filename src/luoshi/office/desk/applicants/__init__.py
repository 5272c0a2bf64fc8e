"""Accounts of the public as officials see them: who asks to be somebody, who acts for whom."""
