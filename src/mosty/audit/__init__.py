"""The ledger: who did what, when and why. It is written beside every change."""
