"""`grader preview`: content as it is written, on one address of this machine, graded by the real API."""
