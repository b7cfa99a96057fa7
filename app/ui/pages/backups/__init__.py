"""The dialog «Резервные копии»: what copies there are, what is in them, putting one back."""
