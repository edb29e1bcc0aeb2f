"""
What devices send, each once.

A form filled in without network is kept on the device with a key of its own and sent
when the network is back: perhaps twice, after a crash or a lost answer. The key is
stored with what was answered, in the transaction that did what the form asks for.
"""
