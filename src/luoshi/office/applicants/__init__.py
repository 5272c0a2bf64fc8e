"""Accounts of the public: phones and codes, which rows of the registers somebody is, and who acts for whom."""
