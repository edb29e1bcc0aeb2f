"""
The peer: pretalx, which takes proposals for conferences and selects among them.

What it shares with Mosty is a call, a form, a list with search, and a public page. It
is installed into an environment of its own from ``requirements-peer.txt``.
"""
