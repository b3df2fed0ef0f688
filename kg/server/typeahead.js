/** A field of the composer's form whose words are looked up while they are typed, with the list of what is offered. */
class TypeAhead {
  /** @param {HTMLInputElement} field */
  constructor(field) {
    this.field = field;
    this.list = /** @type {HTMLElement} */ (document.getElementById(field.getAttribute('aria-controls') ?? ''));
    /** What the list offers, in its order. @type {Choice[]} */
    this.offered = [];
    /** Whether somebody went through the list since the words were typed. */
    this.isMoved = false;
    /** The answer that is waited for. @type {Promise<void>} */
    this.offering = Promise.resolve();
    field.addEventListener('input', () => this.lookUp());
    field.addEventListener('focus', () => this.begin());
    field.addEventListener('blur', () => this.fold());
    field.addEventListener('keydown', (event) => this.press(event));
  }

  begin() {
    this.isMoved = false;
    if (!form.hasChoice(this.field)) this.offering = this.offer();
  }

  lookUp() {
    form.choose(this.field);
    this.isMoved = false;
    this.offering = this.offer();
    form.draftSoon();
  }

  async offer() {
    const words = this.field.value;
    const offered = await form.offersFor(this.field);
    if (!offered || this.field.value !== words || document.activeElement !== this.field) return;
    this.offered = offered;
    this.list.replaceChildren(...offered.map((choice, index) => this.makeOption(choice, index)));
    this.fold();
    if (offered.length) this.unfold();
  }

  /** @param {Choice} choice @param {number} index @returns {HTMLElement} */
  makeOption(choice, index) {
    const option = document.createElement('li');
    option.id = `${this.field.id}-${index}`;
    option.setAttribute('role', 'option');
    const kind = choice.section ? `new ${choice.noun}` : choice.kind;
    const small = document.createElement('small');
    small.textContent = ` ${[choice.other, kind].filter(Boolean).join(', ')}`;
    option.append(choice.label, small);
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.take(choice);
    });
    return option;
  }

  unfold() {
    this.list.hidden = false;
    this.field.setAttribute('aria-expanded', 'true');
    this.mark(0);
  }

  fold() {
    this.list.hidden = true;
    this.field.setAttribute('aria-expanded', 'false');
    this.field.removeAttribute('aria-activedescendant');
  }

  /** @param {number} at  the option to be marked; before the first comes the last */
  mark(at) {
    const options = [...this.list.children];
    if (!options.length) return;
    const place = (at + options.length) % options.length;
    for (const [index, option] of options.entries()) option.setAttribute('aria-selected', String(index === place));
    this.field.setAttribute('aria-activedescendant', options[place].id);
    options[place].scrollIntoView({ block: 'nearest' });
  }

  markedIndex() {
    return [...this.list.children].findIndex((option) => option.getAttribute('aria-selected') === 'true');
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && !this.list.hidden) {
      // The list alone is closed; the next one closes the form.
      event.preventDefault();
      event.stopPropagation();
      this.fold();
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      typingAhead.waitFor(this.enter());
    }
  }

  /** @param {1 | -1} step  down or up; of a field that may stay empty the first step down means the first option */
  move(step) {
    const isFirst = step > 0 && !this.field.value && !form.isNeeded(this.field) && !this.isMoved;
    this.isMoved = true;
    this.mark(isFirst ? 0 : this.markedIndex() + step);
  }

  /** Enter takes the first that is offered; of an empty field that may stay empty it goes on. */
  async enter() {
    await this.offering;
    const choice = this.offered[Math.max(0, this.markedIndex())];
    const isMeant = this.field.value || form.isNeeded(this.field) || this.isMoved;
    if (choice && !this.list.hidden && isMeant) this.take(choice);
    else this.goOn();
  }

  /** @param {Choice} choice */
  take(choice) {
    this.field.value = choice.label;
    if (choice.isBegun) {
      this.lookUp();
      return;
    }
    form.choose(this.field, choice);
    this.goOn();
  }

  goOn() {
    this.fold();
    form.moveOn(this.field);
  }
}
