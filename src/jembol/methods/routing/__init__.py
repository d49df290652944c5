"""Plan days on the road: who visits which stops in what order, and why the others are left out.

The package owns the problem, the search, the checker and a reason for every stop that nobody
visits. What a visit is worth is decided elsewhere. Its five words: officer, shift, stop, window,
prize.
"""

from jembol.methods.routing.checker import violations
from jembol.methods.routing.ground import travel_between
from jembol.methods.routing.moves import MoveCost, cost_of_move
from jembol.methods.routing.plan import Plan, Progress, Route, Unserved, Why
from jembol.methods.routing.problem import NotAProblem, Officer, Problem, Stop
from jembol.methods.routing.replan import replan
from jembol.methods.routing.solve import EFFORT, plan_of, solve

__all__ = [
    "EFFORT",
    "MoveCost",
    "NotAProblem",
    "Officer",
    "Plan",
    "Problem",
    "Progress",
    "Route",
    "Stop",
    "Unserved",
    "Why",
    "cost_of_move",
    "plan_of",
    "replan",
    "solve",
    "travel_between",
    "violations",
]
