"""
The demo Academy: documented facts, fictional people, and the main chain played.

What no source gives (dates, names, which city had little experience) is made by a
fixed seed and marked as illustrative or fictional wherever it is shown.
"""
