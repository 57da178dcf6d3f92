" Completion through ALE. Its own takes dots for the ends of words, which the ids of requirements are full of.
function! prm#Complete(findstart, base) abort
  if a:findstart
    if !ale#completion#GetCompletions('ale-omnifunc', {'prefix': ''}) | return -3 | endif
    return match(getline('.')[: col('.') - 2], '[A-Za-z0-9_.:-]*$')
  endif
  while ale#completion#GetCompletionResult() is v:null && !complete_check() | sleep 5m | endwhile
  let l:found = ale#completion#GetCompletionResult()
  return filter(l:found is v:null ? [] : copy(l:found), {_, item -> stridx(item.word, a:base) == 0})
endfunction
