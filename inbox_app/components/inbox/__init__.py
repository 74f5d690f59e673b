"""Parts of the list and the thread: messages, the composer, scrolling."""
