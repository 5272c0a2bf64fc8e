"""Spreadsheets into registers and out of them: read, checked, shown, taken in as one, undone as one."""
