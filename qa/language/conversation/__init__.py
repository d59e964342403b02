"""Follow-up questions as stand-alone ones."""
