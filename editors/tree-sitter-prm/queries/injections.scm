; Texts are CommonMark. The indentation of a text block is the model's, not the text's, so only what stands within
; lines is taken: emphasis, code, links.
((text_content) @injection.content
  (#set! injection.language "markdown_inline"))
