"""
The library: good practices of cities, tools with their editions, and finding both.

A practice is reviewed before it is published and confirmed each year; who takes one up
says what came of it. docs/adr/0024-library.md.
"""
