"""What a text mentions, with its place: names, people, verbs, roles, injected instructions."""
