"""Tables of indicators in documents: recognised, read row for row, stored without losing a cell."""
