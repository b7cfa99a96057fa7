"""The page «Карантин»: rows that were kept out of the base, until they are mended or dismissed."""
