-- assesslint in Neovim, 0.7 or newer: put this file into ~/.config/nvim/plugin/. docs/editors.md tells more.
-- Neovim 中使用 assesslint（0.7 以上）：把本文件放进 ~/.config/nvim/plugin/，说明见 docs/editors.md。

local command = vim.g.assesslint_command or { 'assesslint', 'lsp' }

-- Where a repository of schemes or rules begins: its configuration, a pack of rules, or git.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs({ 'assesslint.toml', 'pyproject.toml', 'pack.toml', '.git' }) do
    local found = vim.fn.findfile(marker, folder .. ';')
    found = found ~= '' and found or vim.fn.finddir(marker, folder .. ';')
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h' .. (marker == '.git' and ':h' or ''))
    end
  end
  return folder
end

-- A Markdown page of a folder of rules: family/rule-id.md beside a pack.toml.
local function is_rule_page(path)
  return vim.fn.filereadable(vim.fn.fnamemodify(path, ':p:h:h') .. '/pack.toml') == 1
end

local clients = {} -- by root

local function start(buffer, language)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = root_of(path)
  local client = clients[root]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client({
      name = 'assesslint',
      cmd = command,
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ':t') } },
      get_language_id = function(_, filetype)
        return filetype == 'assess_draft' and 'assess-draft' or filetype
      end,
    })
    clients[root] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  pattern = '*.assess',
  callback = function()
    vim.bo.filetype = 'assess'
  end,
})

-- A draft in prose is judged when you say that it is one: :set filetype=assess_draft
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'assess', 'assess_draft', 'markdown' },
  callback = function(event)
    local buffer = event and event.buf or vim.api.nvim_get_current_buf()
    if vim.bo[buffer].filetype ~= 'markdown' or is_rule_page(vim.api.nvim_buf_get_name(buffer)) then
      vim.bo[buffer].commentstring = vim.bo[buffer].filetype == 'assess' and '# %s' or vim.bo[buffer].commentstring
      start(buffer)
    end
  end,
})
