" The language server of `prm`, for ALE.
call ale#Set('prm_executable', 'prm')

" The folder of the repository, so that one server knows all layers; else that of the outermost package, or of the file.
function! ale_linters#prm#prm#ProjectRoot(buffer) abort
  let l:upwards = fnameescape(fnamemodify(bufname(a:buffer), ':p:h')) . ';'
  let l:repository = finddir('.git', l:upwards)
  if !empty(l:repository)
    return fnamemodify(l:repository, ':p:h:h')
  endif
  " In a worktree it is a file.
  let l:outermost = findfile('.git', l:upwards)
  if empty(l:outermost)
    let l:outermost = get(findfile('prm.toml', l:upwards, -1), -1, bufname(a:buffer))
  endif
  return fnamemodify(l:outermost, ':p:h')
endfunction

call ale#linter#Define('prm', {
\ 'name': 'prm',
\ 'lsp': 'stdio',
\ 'executable': {buffer -> ale#Var(buffer, 'prm_executable')},
\ 'command': '%e lsp',
\ 'project_root': function('ale_linters#prm#prm#ProjectRoot'),
\})
