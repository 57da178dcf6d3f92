; The words of the language; `UPDATE=1 cargo test editors` makes these lists.

; begin statements
[
  "use" "model" "group" "process" "purpose" "context" "note" "outcome" "practice" "supports" "informs" "follows"
  "formerly" "item" "characteristic" "term" "also" "annex" "reference" "field" "catalog" "clause" "requirement"
  "control" "label" "tailorable" "for" "crosswalk" "new" "withdrawn" "framework" "scale" "rating" "level" "attribute"
  "achievement" "reached" "weight" "edition" "source" "domain" "community" "consensus" "covers" "measured" "conforms"
  "exclude" "apply" "state" "drops" "order" "language" "notice" "foreword" "introduction" "scope" "overview" "extend"
  "replace" "omit" "allow" "assessment" "sponsor" "unit" "period" "constraint" "documented" "confidentiality" "class"
  "independence" "assessor" "method" "target" "instances" "takes" "closed" "rules" "kinds" "exhibit" "shows" "at"
  "rate" "strength" "weakness"
] @keyword

; within statements
[
  "satisfies" "partly" "because" "together" "achieves" "consumes" "produces" "in" "from" "to" "through" "kind"
  "extends" "as" "on" "with" "by" "groups" "models" "normative" "required" "equals" "equivalent" "subset" "superset"
  "intersects" "of" "rated" "lead" "below" "amended"
] @keyword.operator

; A field of the author's is a word of that package.
(other word: (id) @function.macro)

; names
(use package: (reference) @namespace)
(use alias: (id) @namespace)
(model id: (id) @namespace)
(catalog id: (id) @namespace)
(crosswalk id: (id) @namespace)
(framework id: (id) @namespace)
(group id: (id) @type)
(process id: (id) @type)
(item id: (id) @type)
(annex id: (id) @type)
(cited id: (id) @type)
(field id: (id) @type)
(clause id: (id) @type)
(requirement id: (id) @type)
(control id: (id) @type)
(level id: (id) @type)
(attribute id: (id) @type)
(outcome id: (id) @label)
(practice id: (id) @label)
(rating id: (id) @label)
(achievement id: (id) @label)

; what refers to names
[
  (satisfies (reference) @constant)
  (partly (reference) @constant)
  (together (reference) @constant)
  (achieves (reference) @constant)
  (consumes (reference) @constant)
  (produces (reference) @constant)
  (model (reference) @constant)
  (process group: (reference) @constant)
  (supports (reference) @constant)
  (informs (reference) @constant)
  (follows (reference) @constant)
  (formerly (reference) @constant)
  (crosswalk (reference) @constant)
  (line (reference) @constant)
  (new (reference) @constant)
  (withdrawn (reference) @constant)
  (covers (reference) @constant)
  (drops (reference) @constant)
  (order_groups (reference) @constant)
  (measured (reference) @constant)
  (conforms (reference) @constant)
  (exclude (reference) @constant)
  (extend_process (reference) @constant)
  (extend_group (reference) @constant)
  (extend_item (reference) @constant)
  (replace_outcome (reference) @constant)
  (replace_practice (reference) @constant)
  (replace_item (reference) @constant)
  (omit (reference) @constant)
]
(kind) @constant.builtin
(number) @constant.numeric

; texts
(_ title: (text) @markup.heading)
(_ text: (text) @string)
(_ reason: (text) @string)
(other (text) @string)
(unclosed_text) @string
(stray_text) @string
(escape) @constant.character.escape
(text_reference) @markup.link

[
  (comment)
  (unclosed_comment)
] @comment

"," @punctuation.delimiter
[ "{" "}" ] @punctuation.bracket
