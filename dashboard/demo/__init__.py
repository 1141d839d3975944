"""Demonstration data: two invented administrations and what they do together with associations.

Told by calling the steps on the days that they happened (`audit.clock`), so that every chain, rule
and letter is what the program itself would have made. The stories stand in `content/`. All people,
organisations, numbers and addresses are invented (domain 0.17); the patterns are those of A-10.
"""
