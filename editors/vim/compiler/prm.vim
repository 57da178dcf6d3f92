" `:make` checks the package in the current folder; `:make %` the file alone.
if exists('current_compiler') | finish | endif
let current_compiler = 'prm'

CompilerSet makeprg=prm\ check\ --message-format\ short\ $*
CompilerSet errorformat=%f:%l:%c:\ %trror[%*[A-Z]%n]:\ %m,%f:%l:%c:\ %tarning[%*[A-Z]%n]:\ %m,%f:%l:%c:\ hint[%*[A-Z]%n]:\ %m
