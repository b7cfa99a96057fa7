"""The dialog of document texts and templates: own sentences, own Word templates, terms."""
