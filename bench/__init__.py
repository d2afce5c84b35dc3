"""Measurements, as ratios of medians within one run: absolute times say more about the machine than about us."""
