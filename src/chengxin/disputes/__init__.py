"""Consumer complaints (消费投诉) that end: to the shop, to the authority, by a code, with every clock shown."""
