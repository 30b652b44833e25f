"""What the feature prints. Slow: never under the lock."""
