"""The pages about money: funds, batches of payments, what the bank returned, the ledger."""
