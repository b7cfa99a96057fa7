"""What each kind of document says: pure functions from frozen facts to neutral blocks."""
