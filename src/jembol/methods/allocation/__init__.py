"""Place applicants over many classes: the most value, groups whole, with a proven bound.

The package owns the problem, the search, the checker and a reason for everybody. It leaves to
others what a value is worth and who may apply. Its five words: applicant, class, stratum,
household, group.
"""
