" Process reference models. The lists of words are made by `UPDATE=1 cargo test editors`.
if exists('b:current_syntax') | finish | endif

syntax iskeyword @,48-57,_,-,.,:

" Words that begin statements: with an id behind them, and without.
syntax keyword prmDeclaration nextgroup=prmId skipwhite model group process outcome practice item annex reference
syntax keyword prmDeclaration nextgroup=prmId skipwhite field catalog clause requirement control crosswalk framework
syntax keyword prmDeclaration nextgroup=prmId skipwhite rating level attribute achievement assessment rules exhibit
syntax keyword prmStatement use purpose context note supports informs follows formerly characteristic term also label
syntax keyword prmStatement tailorable for new withdrawn scale reached weight edition source domain community
syntax keyword prmStatement consensus covers measured conforms exclude apply state drops order language notice
syntax keyword prmStatement foreword introduction scope overview replace omit allow sponsor unit period constraint
syntax keyword prmStatement documented confidentiality class independence assessor method target instances takes
syntax keyword prmStatement closed kinds shows at rate strength weakness
" A word that `:syntax keyword` takes for an option.
syntax match prmStatement /\<extend\>/

" Words within statements.
syntax keyword prmClause satisfies partly because together achieves consumes produces in from to through kind extends
syntax keyword prmClause as on with by groups models normative required of rated lead below amended
syntax keyword prmRelation equals equivalent subset superset intersects

" No word is reserved: behind a word that declares, there stands an id.
syntax match prmId /[A-Za-z0-9_-]\+\%([.:][A-Za-z0-9_-]\+\)*/ contained

syntax region prmText start=/"/ skip=/\\["\\]/ end=/"/ end=/$/ contains=prmEscape,prmTextReference,@Spell
syntax region prmBlockText start=/"""/ skip=/\\"""/ end=/"\{3,5}/ contains=prmBlockEscape,prmTextReference,@Spell
syntax match prmEscape /\\\%(["\\nt[]\|u{\x\+}\)/ contained
syntax match prmBlockEscape /\\\%("""\|\[\[\)/ contained
syntax match prmTextReference /\[\[[^][\"]\+\]\]/ contained contains=@NoSpell

syntax region prmComment start=/\/\*/ end=/\*\// contains=@Spell
syntax region prmComment start=/\/\// end=/$/ oneline contains=@Spell

syntax sync minlines=300

highlight default link prmDeclaration Statement
highlight default link prmStatement Statement
highlight default link prmClause Operator
highlight default link prmRelation Operator
highlight default link prmId Identifier
highlight default link prmText String
highlight default link prmBlockText String
highlight default link prmEscape SpecialChar
highlight default link prmBlockEscape SpecialChar
highlight default link prmTextReference Underlined
highlight default link prmComment Comment

let b:current_syntax = 'prm'
