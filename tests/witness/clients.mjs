// The vendors' own client libraries, all pointed at one address, and none of them trying twice.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The library as it was installed: by its "import" condition, as a program would load it.
async function load(folder, name) {
  const home = path.join(folder, 'node_modules', name), about = JSON.parse(fs.readFileSync(path.join(home, 'package.json')));
  if (!about.exports && !about.module) return createRequire(path.join(folder, 'package.json'))(name);
  const pick = part => (typeof part === 'string' ? part : pick(part.import ?? part.node ?? part.default));
  const entry = about.exports ? pick(about.exports['.'] ?? about.exports) : about.module;
  return import(pathToFileURL(path.join(home, entry)));
}

export const keys = {
  openai: 'sk-witness-openai-0000000000000000', azure: 'witness0azure0key00000000000000', anthropic: 'sk-ant-witness-000000000000000',
  gemini: 'AIzaWitness0000000000000000000000000000',
};

export async function clients(folder, url) {
  console.warn = () => {};  // models age, and the libraries say so
  for (const name of Object.keys(process.env)) if (/^(OPENAI|AZURE|ANTHROPIC|GOOGLE|GEMINI|OLLAMA)_/.test(name)) delete process.env[name];
  const { default: OpenAI, AzureOpenAI } = await load(folder, 'openai');
  const { default: Anthropic } = await load(folder, '@anthropic-ai/sdk');
  const { default: Anthropic2023 } = await load(folder, 'anthropic-2023');
  const { GoogleGenAI } = await load(folder, '@google/genai');
  const { Ollama } = await load(folder, 'ollama');
  const once = { maxRetries: 0 };
  return {
    openai: new OpenAI({ apiKey: keys.openai, baseURL: `${url}/v1`, ...once }),
    azure: new AzureOpenAI({ apiKey: keys.azure, endpoint: url, apiVersion: '2024-10-21', ...once }),
    anthropic: new Anthropic({ apiKey: keys.anthropic, baseURL: url, ...once }),
    anthropic_2023: new Anthropic2023({ apiKey: keys.anthropic, baseURL: url, ...once }),
    gemini: new GoogleGenAI({ apiKey: keys.gemini, httpOptions: { baseUrl: url } }),
    gemini_v1beta: new GoogleGenAI({ apiKey: keys.gemini, apiVersion: 'v1beta', httpOptions: { baseUrl: url } }),
    ollama: new Ollama({ host: url }),
  };
}
