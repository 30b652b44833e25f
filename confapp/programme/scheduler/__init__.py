"""Places sessions in time and rooms. Plain values in and out; the solver itself is imported only where it runs."""
