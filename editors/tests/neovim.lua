-- Opens a model with a mistake in a headless Neovim, and waits for its diagnostics, a hover and completions.
-- nvim --clean --headless --cmd 'set rtp+=editors/neovim' -c 'luafile editors/tests/neovim.lua' MODEL

local function fail(what)
  io.stderr:write(what .. "\n")
  vim.cmd("cquit 1")
end

local function check(what, passed)
  if not passed then
    fail("neovim: no " .. what)
  end
  io.stdout:write("neovim: " .. what .. "\n")
end

local buffer = vim.api.nvim_get_current_buf()
check("file type", vim.bo.filetype == "prm")

local function find(pattern)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(pattern)
    if column then
      return row - 1, column - 1
    end
  end
  fail("the model has no " .. pattern)
end

-- The answer to a request at the first place where a pattern is found; the server may still be reading.
local function ask(method, pattern, offset)
  local row, column = find(pattern)
  local parameters = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = row, character = column + (offset or 0) },
  }
  local answer
  vim.wait(20000, function()
    for _, response in pairs(vim.lsp.buf_request_sync(buffer, method, parameters, 5000) or {}) do
      answer = response.result or answer
    end
    return answer ~= nil
  end, 100)
  return answer or {}
end

local function diagnostic(words)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    if found.message:find(words, 1, true) then
      return found
    end
  end
end

vim.wait(30000, function()
  return diagnostic("A.7.22") ~= nil
end, 50)
local found = diagnostic("A.7.22") or {}
check("diagnostic in its line", found.lnum == find("A%.7%.22"))

local hover = vim.inspect(ask("textDocument/hover", "A%.7%.2$", 1))
check("hover", hover:find("Physical entry", 1, true))

local completion = ask("textDocument/completion", "A%.7%.22", 6)
local items = completion.items or completion
check(("completion: %d items"):format(#items), vim.inspect(items):find("A.7.4", 1, true))
vim.cmd("qall!")
