"""
The lottery: how likely each of the optimal cohorts is to be drawn.

``levels`` finds the fairest odds, ``hull`` the cohorts that give exactly these,
``uniform`` counts cohorts instead; ``certificate`` checks a lottery without a solver.
"""
