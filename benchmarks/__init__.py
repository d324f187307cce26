"""Figures that anyone can measure again: `python -m benchmarks.NAME PATH-TO-NEWS-DATA`."""
