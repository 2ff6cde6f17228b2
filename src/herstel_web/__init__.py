"""The pages. They ask, show and forget; the thinking is done by `herstel`."""
