"""Days on the road beside other solvers, and public instances beside the best known."""
