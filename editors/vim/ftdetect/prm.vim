autocmd BufNewFile,BufRead *.prm setfiletype prm
