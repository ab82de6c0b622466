"""Who may act for a person online (代为办理), for what, until when; and acting for them, seen at every step."""
