" The language server of `prm`, for ALE.
call ale#Set('prm_executable', 'prm')

function! ale_linters#prm#prm#ProjectRoot(buffer) abort
  let l:manifest = ale#path#FindNearestFile(a:buffer, 'prm.toml')
  return fnamemodify(empty(l:manifest) ? bufname(a:buffer) : l:manifest, ':p:h')
endfunction

call ale#linter#Define('prm', {
\ 'name': 'prm',
\ 'lsp': 'stdio',
\ 'executable': {buffer -> ale#Var(buffer, 'prm_executable')},
\ 'command': '%e lsp',
\ 'project_root': function('ale_linters#prm#prm#ProjectRoot'),
\})
