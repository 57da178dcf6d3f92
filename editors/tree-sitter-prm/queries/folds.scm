[
  (block)
  (text)
  (comment)
] @fold
