" Process reference models: comments, indentation, and the checker.
if exists('b:did_ftplugin') | finish | endif
let b:did_ftplugin = 1

setlocal commentstring=//\ %s comments=s1:/*,mb:*,ex:*/,:// formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal iskeyword+=-,.
setlocal suffixesadd=.prm
compiler prm
if !empty(globpath(&runtimepath, 'autoload/ale/completion.vim'))
  setlocal omnifunc=prm#Complete
endif

let b:undo_ftplugin = 'setlocal commentstring< comments< formatoptions< expandtab< shiftwidth< softtabstop< iskeyword<'
  \ . ' suffixesadd< omnifunc< makeprg< errorformat<'
