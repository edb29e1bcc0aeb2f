"""The back office's pages that join several apps: today, the outbox, the ledger."""
