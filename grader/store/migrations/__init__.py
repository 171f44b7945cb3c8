"""The steps from one schema to the next, each applied once, never changed afterwards."""
