"""Purpose-bound queries: by a person's consent, by a statutory task, and by what the person hands over herself."""
