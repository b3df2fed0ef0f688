/**
 * Bundles the page's scripts and vis-network into ../bundle.js, the editor of queries and CodeMirror into
 * ../editor.bundle.js, and their licences into ../bundle.licences.txt. The same sources give the same bytes: versions are
 * locked, and nothing of this machine enters.
 *
 * A bundle's first line holds the hash of what it was made from, so that a test without Node can tell a stale one.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lean } from './lean.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const own = readdirSync(HERE).filter((name) => name.endsWith('.js') || name === 'package-lock.json');

const hashed = createHash('sha256');
for (const name of own.sort()) hashed.update(`${name}\n`).update(readFileSync(join(HERE, name)));
const hash = hashed.digest('hex');

/** @type {Set<string>} The packages that any bundle holds. */
const packages = new Set();

/** @param {string} script  with which it begins @param {string} name  of the bundle */
async function bundle(script, name) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(HERE, script)],
    absWorkingDir: HERE,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    plugins: [lean],
    preserveSymlinks: true,
    write: false,
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const held = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  for (const each of held) packages.add(each);
  const credits = [...held].sort().join(', ');
  const code = outputFiles[0].text.replaceAll('</script', '<\\/script');
  writeFileSync(
    join(HERE, '..', name),
    `/* actor-kg ${hash}; holds ${credits}: licences in bundle.licences.txt */\n${code}`,
  );
}

await bundle('page.js', 'bundle.js');
await bundle('editor.js', 'editor.bundle.js');

const licences = [...packages].sort().map((name) => {
  const folder = join(HERE, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
});

writeFileSync(join(HERE, '..', 'bundle.licences.txt'), `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
