// Starts `assesslint lsp` and hands it schemes, drafts in prose that are marked as such, and Markdown, of which it takes rule pages only.
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

const LANGUAGES = ['assess', 'assess-draft', 'markdown'];

let client;

function activate() {
  const [command, ...args] = vscode.workspace.getConfiguration('assesslint').get('command');
  const documentSelector = LANGUAGES.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme })));
  client = new LanguageClient('assesslint', 'assesslint', { command, args }, { documentSelector });
  return client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
