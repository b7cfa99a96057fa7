"""Tools of the project, not part of the program: environment, checks, and the demo district."""
