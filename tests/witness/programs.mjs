// Programs that a part starts, and that end with it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-witness-')), children = [];
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  fs.rmSync(directory, { recursive: true, force: true });
});

export function file(name, content) {
  const place = path.join(directory, name);
  fs.writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
}

function start(program, words, environment = {}) {
  const child = spawn(program, words, { cwd: directory, env: { PATH: process.env.PATH, HOME: directory, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

// To its end: { code, out, err }.
export async function run(program, words, environment) {
  const child = start(program, words, environment), said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', text => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', text => (said.err += text));
  return new Promise(resolve => child.on('close', code => resolve({ code, ...said })));
}

export async function fake(bin, script) {
  const child = start(path.join(bin, 'assay'), ['fake-provider', '--script', file('script.json', script)]);
  child.stderr.resume();
  for await (const line of readline.createInterface({ input: child.stdout })) return line.trim();
  throw new Error('the fake provider did not start');
}

export async function ledger(url) {
  return (await (await fetch(`${url}/_fake/ledger?format=array`)).json());
}

export async function gateway(folder) {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => probe.on('listening', resolve));
  const { port } = probe.address();
  await new Promise(resolve => probe.close(resolve));
  const child = start(process.execPath, [path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js'), '--headless', `--port=${port}`]);
  child.stderr.resume();
  for await (const piece of child.stdout.setEncoding('utf8')) if (piece.includes('Ready for connections')) break;
  child.stdout.resume();
  return `http://127.0.0.1:${port}`;
}
