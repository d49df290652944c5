"""The demo city: two cities with invented people, built only through actions.

What is documented (the classes of 2017 to 2024 and their numbers) carries its source and its
doubts; all else is invented, the people above all. The same seed and reference day give the same
city; only ids and the moments at which rows were written differ (docs/demo.md).
"""
