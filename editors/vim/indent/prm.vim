" Blocks stand two blanks to the right of their statement, and so do clauses that have a line of their own.
if exists('b:did_indent') | finish | endif
let b:did_indent = 1

setlocal indentexpr=PrmIndent() indentkeys=0},o,O,0=satisfies,0=partly,0=because,0=together,0=achieves,0=consumes,0=produces
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*PrmIndent') | finish | endif

" A line that carries its statement on.
let s:clause = '^\s*\%("\|\%('
  \ . 'satisfies\|partly\|because\|together\|achieves\|consumes\|produces\|in\|from\|to\|through\|kind\|extends\|'
  \ . 'as\|on\)\%(\s\|$\)\)'

function! PrmIndent() abort
  let l:line = getline(v:lnum)
  let l:previous = prevnonblank(v:lnum - 1)
  if l:previous == 0 | return 0 | endif
  if s:within(v:lnum) | return indent(v:lnum) | endif
  let l:start = l:previous
  while l:start > 1 && (s:within(l:start) || s:goes_on(l:start))
    let l:start = prevnonblank(l:start - 1)
  endwhile
  if l:line =~# s:clause
    " What belongs to a link on a line of its own stands to the right of that.
    let l:of_link = l:line =~# '^\s*\%(because\|together\)\>' && getline(l:previous) =~# '^\s*\%(satisfies\|partly\)\>'
    return l:of_link ? indent(l:previous) + shiftwidth() : indent(l:start) + shiftwidth()
  endif
  if s:ends_with_comma(l:previous)
    " A list stands to the right of the line that it began on.
    while s:ends_with_comma(prevnonblank(l:previous - 1))
      let l:previous = prevnonblank(l:previous - 1)
    endwhile
    return indent(l:previous) + shiftwidth()
  endif
  let l:opens = getline(l:previous) =~# '{\s*\%(//.*\)\?$'
  return indent(l:start) + (l:opens ? shiftwidth() : 0) - (l:line =~# '^\s*}' ? shiftwidth() : 0)
endfunction

" Whether a line carries on a statement that began above it.
function! s:goes_on(line) abort
  return getline(a:line) =~# s:clause || s:ends_with_comma(prevnonblank(a:line - 1))
endfunction

function! s:ends_with_comma(line) abort
  return !s:within(a:line) && getline(a:line) =~# '^\s*[^/[:space:]].*,\s*\%(//.*\)\?$'
endfunction

" Whether a line begins within a text or a comment of several lines, the layout of which is its author's.
function! s:within(line) abort
  return a:line > 1 && synIDattr(synID(a:line, 1, 1), 'name') =~# '^prm\%(Block\|Comment\)'
    \ && getline(a:line) !~# '^\s*\%(//\|/\*\|"""\S\)'
endfunction
