// Lines of a text and a grammar → the scopes vscode-textmate gives them, the engine of VS Code itself, as JSON on the standard output.
// Asked on the standard input: {"modules": folder of node_modules, "grammar": file, "text": "…"}.
const fs = require('fs');
const path = require('path');

const asked = JSON.parse(fs.readFileSync(0, 'utf8'));
const textmate = require(path.join(asked.modules, 'vscode-textmate'));
const oniguruma = require(path.join(asked.modules, 'vscode-oniguruma'));

async function main() {
  const wasm = fs.readFileSync(path.join(asked.modules, 'vscode-oniguruma', 'release', 'onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(asked.grammar, 'utf8'), asked.grammar),
  });
  const grammar = await registry.loadGrammar(JSON.parse(fs.readFileSync(asked.grammar, 'utf8')).scopeName);
  let state = textmate.INITIAL;
  const lines = [];
  for (const line of asked.text.split('\n')) {
    const told = grammar.tokenizeLine(line, state);
    state = told.ruleStack;
    lines.push(told.tokens.map((token) => [token.startIndex, Math.min(token.endIndex, line.length), token.scopes[token.scopes.length - 1]]));
  }
  process.stdout.write(JSON.stringify(lines));
}

main();
