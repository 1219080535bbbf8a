// The real program, in a process of its own: what a visitor's browser meets.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, target } from './tools.js';

/**
 * Starts the program on a free port with no records, and waits until it says
 * that it is ready. `origin` is where it answers, `provider` where the
 * stand-in for the card provider does. `more` are further options of its own.
 */
export async function startProgram(more = []) {
  const path = join(target, 'debug/local');
  if (!existsSync(path)) throw new Error(`${path} is not built: run \`cargo build -p local\``);
  const data = await mkdtemp(join(tmpdir(), 'browser-suite-'));
  const environment = { ...process.env };
  delete environment.STRIPE_SECRET_KEY;
  delete environment.AWS_ENDPOINT_URL_DYNAMODB;
  const child = spawn(path, ['--port', '0', '--data', data, ...more], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(data, { recursive: true, force: true });
  };

  let greeting = '';
  for await (const line of createInterface({ input: child.stdout })) {
    greeting += `${line}\n`;
    if (line.startsWith('Stop with')) break;
  }
  const origin = greeting.match(/http:\/\/localhost:\d+/)?.[0];
  if (!origin) {
    await stop();
    throw new Error(`the program did not start:\n${greeting}`);
  }
  const provider = greeting.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
  return { origin, provider, stop };
}
