" Opens a model with a mistake in Vim, looks at its colours and indentation, and with ALE waits for its diagnostics, a
" hover and completions.
" vim -Nu NONE -es --cmd 'set rtp^=editors/vim,ALE' -S editors/tests/vim.vim MODEL

let s:said = []

function! s:check(what, passed) abort
  call add(s:said, 'vim: ' . (a:passed ? '' : 'no ') . a:what)
  if a:passed | return | endif
  call writefile(s:said, '/dev/stderr', 'a')
  cquit!
endfunction

function! s:wait(passed) abort
  let l:end = reltimefloat(reltime()) + 30
  while !a:passed() && reltimefloat(reltime()) < l:end | sleep 50m | endwhile
  return a:passed()
endfunction

filetype plugin indent on
syntax on
let g:ale_lint_on_enter = 0
let g:ale_set_balloons = 0
let g:ale_hover_to_floating_preview = 0
let s:model = argv(0)
execute 'edit' fnameescape(s:model)
call s:check('file type', &filetype ==# 'prm')

call search('VIS\.1')
call s:check('colour of an id', synIDattr(synID(line('.'), col('.'), 1), 'name') ==# 'prmId')
" What `prm fmt` laid out stays as it is.
for s:file in glob('examples/**/*.prm', 0, 1) + glob('stdlib/iso33052/*.prm', 0, 1) + [s:model]
  execute 'edit' fnameescape(s:file)
  let s:before = getline(1, '$')
  normal! gg=G
  call s:check('indentation of ' . s:file, getline(1, '$') ==# s:before)
  setlocal nomodified
endfor

if exists(':ALELint') || !empty(globpath(&runtimepath, 'autoload/ale.vim'))
  runtime plugin/ale.vim
  ALELint
  let s:line = search('A\.7\.22')
  call s:check('diagnostic in its line', s:wait({-> !empty(filter(getloclist(0),
    \ {_, found -> found.text =~# 'A\.7\.22' && found.lnum == s:line}))}))
  call search('A\.7\.2$')
  normal! l
  let s:hover = ''
  ALEHover
  call s:check('hover', s:wait({-> execute('messages') . join(getbufline('ALEPreviewWindow', 1, '$')) =~# 'Physical entry'}))
  let g:ale_completion_max_suggestions = 500
  let s:words = []
  function! Collect() abort
    let s:words = map(complete_info(['items']).items, {_, item -> item.word})
    return ''
  endfunction
  call setline(s:line, substitute(getline(s:line), '\.22', '.', ''))
  call cursor(s:line, 1)
  call feedkeys("A\<C-x>\<C-o>\<C-r>=Collect()\<CR>\<Esc>", 'tx')
  call s:check('completion', index(s:words, 'A.7.4') >= 0)
endif
call writefile(s:said, '/dev/stdout', 'a')
qall!
