((text_content) @injection.content
  (#set! injection.language "markdown.inline"))
