/**
 * The editor of queries: it stands in for the page's text field, which keeps the text and is what a form sends. What may
 * be written at a place is the server's word.
 *
 * @typedef {{text: string, label: string, kind: string}} Suggestion
 */

import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { sparql } from '@codemirror/legacy-modes/mode/sparql';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.standard(tags.variableName)], color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.local(tags.variableName), color: 'var(--change-changed)' },
  { tag: tags.atom, color: 'var(--ink)' },
  { tag: tags.string, color: 'var(--change-added)' },
  { tag: [tags.comment, tags.meta], color: 'var(--soft)', fontStyle: 'italic' },
]);

const LOOK = EditorView.theme({
  '&': { border: '1px solid var(--control)', background: 'var(--ground)', color: 'var(--ink)', fontSize: '14px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-content': { minHeight: '16em', caretColor: 'var(--ink)', padding: '.4rem' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { background: 'var(--mark)' },
  '.cm-tooltip': { background: 'var(--side)', color: 'var(--ink)', border: '1px solid var(--control)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent)', color: 'var(--ground)' },
  '.cm-completionDetail': { marginLeft: '1em', fontStyle: 'normal' },
});

/** @param {import('@codemirror/autocomplete').CompletionContext} place */
async function suggest({ state, pos, explicit }) {
  const before = state.sliceDoc(0, pos);
  if (!explicit && !/[\w:?$-]$/.test(before)) return null;
  const response = await fetch('/sparql/words', { method: 'POST', body: before }).catch(() => null);
  if (!response?.ok) return null;
  /** @type {{start: number, found: Suggestion[]}} */
  const { start, found } = await response.json();
  const options = found.map(({ text, label, kind }) => ({
    label: text,
    detail: [label, kind].filter(Boolean).join(' · '),
  }));
  return options.length ? { from: start, options, filter: false } : null;
}

/** @param {HTMLTextAreaElement} field */
function stand(field) {
  const place = document.createElement('div');
  field.before(place);
  // Within a shadow root styles are objects, which the page's policy lets through.
  const root = place.attachShadow({ mode: 'open' });
  const ask = () => {
    field.form?.requestSubmit();
    return true;
  };
  const editor = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: ask }])),
        history(),
        drawSelection(),
        bracketMatching(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [suggest], interactionDelay: 0, icons: false }),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': field.labels[0]?.textContent ?? '', spellcheck: 'false' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) field.value = state.doc.toString();
        }),
        LOOK,
      ],
    }),
  });
  field.hidden = true;
  field.labels[0]?.addEventListener('click', () => editor.focus());
  for (const each of document.querySelectorAll('#editor-keys')) each.removeAttribute('hidden');
}

for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (
  document.querySelectorAll('textarea[name=query]')
)) {
  stand(field);
}
