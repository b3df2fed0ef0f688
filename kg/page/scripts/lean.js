/**
 * What a page never uses of vis-network (its editor, its panel of options, its languages and file formats), left out of the
 * bundle: a sixth of it. Versions are locked; where one no longer has what is left out here, the bundle is not made.
 */

import { readFileSync } from 'node:fs';

/** @type {Object<string, string>} How each declaration begins, and what stands in its place. */
const LEFT_OUT = {
  'class ManipulationSystem {': 'class ManipulationSystem { options = {}; setOptions() {} }',
  'function DOTToGraph(data) {': 'function DOTToGraph() {}',
  'function parseGephi(': 'function parseGephi() {}',
  'const configureOptions = {': 'const configureOptions = {};',
  'var locales = /*#__PURE__*/Object.freeze({': 'var locales = {};',
};

/** @param {string} source @param {string} begins @param {string} instead @returns {string} */
const without = (source, begins, instead) => {
  const from = source.indexOf(`\n${begins}`);
  const end = /\n\}\)?;?\n/g;
  end.lastIndex = from;
  if (from < 0 || !end.test(source)) throw new Error(`vis-network no longer has: ${begins}`);
  return `${source.slice(0, from)}\n${instead}\n${source.slice(end.lastIndex)}`;
};

/** @param {string} source  of vis-network @returns {string} the same without what pages do not use */
const leanOf = (source) => {
  const panelless = source.replace(/^(import \{.*), Configurator(?=[ ,])/m, 'const Configurator = null;\n$1');
  if (panelless === source) throw new Error('vis-network no longer imports its panel of options');
  return Object.entries(LEFT_OUT).reduce((text, [begins, instead]) => without(text, begins, instead), panelless);
};

/** A plugin of esbuild. @type {import('esbuild').Plugin} */
export const lean = {
  name: 'lean',
  setup: (build) => {
    build.onLoad({ filter: /vis-network\.m?js$/ }, ({ path }) => ({ contents: leanOf(readFileSync(path, 'utf8')) }));
  },
};
