"""The look and the words: layouts, parts, formats, refusals as pages, two languages."""
