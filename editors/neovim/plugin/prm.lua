-- Process reference models in Neovim: file type, language server, and, where its parser has been built, tree-sitter.
-- `vim.g.prm_program` names the program if it is not on the search path.

if vim.g.loaded_prm then
  return
end
vim.g.loaded_prm = true

local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h")
local grammar = vim.fn.fnamemodify(here, ":h") .. "/tree-sitter-prm"
local command = { vim.g.prm_program or "prm", "lsp" }

-- What both have, colours and indentation without tree-sitter included.
vim.opt.runtimepath:append(vim.fn.fnamemodify(here, ":h") .. "/vim")
vim.cmd([[autocmd BufNewFile,BufRead *.prm setfiletype prm]])

-- The folder of the repository, so that one server knows all layers; else that of the outermost package, or of the file.
-- The standard library is opened from a model, and the server of that model knows both.
local function root_of(name)
  if name:match("/prm/stdlib%-[^/]*/") then
    local running = vim.lsp.get_clients or vim.lsp.get_active_clients
    for _, client in ipairs(running and running() or {}) do
      if client.name == "prm" and client.config.root_dir then
        return client.config.root_dir
      end
    end
  end
  local folder = vim.fn.fnamemodify(name, ":p:h")
  local upwards = vim.fn.fnameescape(folder) .. ";"
  local repository = vim.fn.finddir(".git", upwards)
  if repository ~= "" then
    return vim.fn.fnamemodify(repository, ":p:h:h")
  end
  -- In a worktree it is a file.
  local outermost = vim.fn.findfile(".git", upwards)
  if outermost == "" then
    local manifests = vim.fn.findfile("prm.toml", upwards, -1)
    outermost = manifests[#manifests] or ""
  end
  return outermost == "" and folder or vim.fn.fnamemodify(outermost, ":p:h")
end

-- The parser, as `tree-sitter build -o parser/prm.so` writes it, anywhere on the runtime path.
local function start_tree_sitter(buffer)
  if vim.fn.has("nvim-0.9") == 0 or not pcall(vim.treesitter.language.add, "prm") then
    return
  end
  for _, query in ipairs({ "highlights", "folds", "injections" }) do
    local path = ("%s/queries/%s.scm"):format(grammar, query)
    if vim.treesitter.query.get("prm", query) == nil and vim.fn.filereadable(path) == 1 then
      vim.treesitter.query.set("prm", query, table.concat(vim.fn.readfile(path), "\n"))
    end
  end
  pcall(vim.treesitter.start, buffer, "prm")
end

-- Neovim 0.7 has neither `vim.lsp.start` nor `vim.lsp.config`.
local clients = {}
local function start_old_client(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  clients[root] = clients[root] or vim.lsp.start_client({ name = "prm", cmd = command, root_dir = root })
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

if vim.lsp.config then
  vim.lsp.config("prm", {
    cmd = command,
    filetypes = { "prm" },
    root_dir = function(buffer, done)
      done(root_of(vim.api.nvim_buf_get_name(buffer)))
    end,
  })
  vim.lsp.enable("prm")
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = "prm",
  callback = function(event)
    start_tree_sitter(event.buf)
    if vim.lsp.config then
      return
    elseif vim.lsp.start then
      vim.lsp.start({ name = "prm", cmd = command, root_dir = root_of(vim.api.nvim_buf_get_name(event.buf)) })
    else
      start_old_client(event.buf)
    end
  end,
})
