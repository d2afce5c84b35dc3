"""The parts of the leads screen."""
