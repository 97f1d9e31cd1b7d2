// Starting other programs: used before anything is installed, so plain Node only.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The package's root folder, with a closing slash removed. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Run a program to its end. Answers its exit code (128 + signal when killed).
 * `quiet` keeps its output back and prints it only when it fails.
 */
export function run(command, args, { quiet = false, cwd = ROOT, env = process.env, ...rest } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      ...rest,
    });
    const heard = [];
    child.stdout?.on('data', (chunk) => heard.push(chunk));
    child.stderr?.on('data', (chunk) => heard.push(chunk));
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      const answer = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
      if (answer !== 0 && quiet) process.stderr.write(Buffer.concat(heard));
      resolve(answer);
    });
  });
}

/** Run a program of node_modules/.bin by its script, which also works where shims do not (Windows). */
export function runTool(script, args, options) {
  return run(process.execPath, [`${ROOT}/node_modules/${script}`, ...args], options);
}

/** Run npm: the one that started us when there is one, otherwise the one on the path. */
export function runNpm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** A step with its name before and its time after: `Building … 9.4 s`. Answers what the step answers. */
export async function step(name, work) {
  const began = Date.now();
  process.stdout.write(`${name} … `);
  const answer = await work();
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  return answer;
}

/** Start a program in this terminal, hand it our signals, and end as it ends. */
export function become(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  // Ctrl-C reaches the child through the terminal as well; a second SIGINT would cut its tidy ending short.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(127);
  });
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
