"""The frame around the pages: top bar, menus, status bar.  Loaded before the first paint."""
