"""Figures of speed and memory, with limits: ``make bench`` prints one line for each.

They are no tests: how long something takes depends on the machine and on what else it does. Each
module here has ``figures()``, a generator that needs an empty, migrated database or none at all,
and takes its sizes as arguments, so that the tests can run it small.
"""
