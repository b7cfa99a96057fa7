"""The tab «Школы»: the list with categories, and the card of a school at the right."""
