"""The dialog «Методика»: rules of a year, what they change, their legal basis."""
