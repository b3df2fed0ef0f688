// Follows the workspace: when a file is saved, the page shows what the server now says of it.
(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const notice = /** @type {HTMLElement} */ (document.getElementById('kg-changed'));
  let { version, digest } = own.dataset;
  const CHANGED = [...notice.querySelectorAll('span')].map((each) => each.textContent);
  const GONE = ['This page is not there any more.', 'What you typed comes back on the page that has its text now.'];

  /** @param {Element} field @returns {boolean} Whether somebody has typed or chosen something there. */
  function isFieldEdited(field) {
    if (field instanceof HTMLSelectElement) {
      return field.selectedIndex > 0 && [...field.options].some((each) => each.selected && !each.defaultSelected);
    }
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
      return field.checked !== field.defaultChecked;
    }
    const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    return isText && field.type !== 'hidden' && field.value !== field.defaultValue;
  }

  /** @param {string} selector @returns {boolean} Whether there is something in a form that a new page would lose. */
  function isEdited(selector) {
    const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(selector));
    return [...forms].some((form) => [...form.elements].some(isFieldEdited));
  }

  /** @returns {boolean} Whether scripts of the page's own keep hold of what it shows. */
  const isScripted = () =>
    [...document.scripts].some(
      (each) => each !== own && !('desk' in each.dataset) && each.type !== 'application/ld+json',
    );

  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
  /** @param {Element} root @returns {NodeListOf<HTMLElement>} What can have the focus, by whose place it is found again. */
  const focusable = (root) => root.querySelectorAll(FOCUSABLE);

  /**
   * @param {HTMLElement} main
   * @returns {() => HTMLElement | undefined} What finds the element again that has the focus: by its place in the nearest
   * element with an id that is still there, or in the page.
   */
  function focusFinder(main) {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const places = [active.closest('main [id]')?.id ?? '', ''].map((id) => {
      const top = id ? document.getElementById(id) : main;
      return { id, at: top ? [...focusable(top)].indexOf(active) : -1 };
    });
    return () => {
      for (const { id, at } of places) {
        const top = id ? document.getElementById(id) : document.querySelector('main');
        if (top && at >= 0 && focusable(top)[at]) return focusable(top)[at];
      }
    };
  }

  /** @param {HTMLElement} main @param {HTMLElement} fresh */
  function exchange(main, fresh) {
    const findFocus = focusFinder(main);
    const opened = [...main.querySelectorAll('details')].map((each) => each.open);
    const { scrollX, scrollY } = window;
    main.replaceWith(fresh);
    [...fresh.querySelectorAll('details')].forEach((each, number) => {
      if (opened[number]) each.open = true;
    });
    document.dispatchEvent(new CustomEvent('kg-refreshed'));
    findFocus()?.focus({ preventScroll: true });
    window.scrollTo(scrollX, scrollY);
  }

  /** @param {Document} page */
  function showFindings(page) {
    const old = document.getElementById('kg-findings');
    const fresh = page.getElementById('kg-findings');
    if (old?.textContent === fresh?.textContent) return;
    old?.remove();
    if (fresh) notice.before(document.adoptNode(fresh));
  }

  /** Offers the page as it is now, where a form would be lost with this one. @param {boolean} isGone  that there is none */
  function offer(isGone) {
    const words = isGone && !isEdited('main form') ? GONE : CHANGED;
    [...notice.querySelectorAll('span')].forEach((each, number) => {
      each.textContent = words[number];
    });
    notice.hidden = false;
  }

  /** @param {Document} page  as the server now answers it @param {boolean} isGone  that there is none */
  function show(page, isGone) {
    /** @type {HTMLScriptElement | null} */
    const news = page.querySelector('script[data-version]');
    if (!news) return;
    version = news.dataset.version;
    showFindings(page);
    if (news.dataset.digest === digest) {
      notice.hidden = true;
      return;
    }
    const [main, fresh] = [document.querySelector('main'), page.querySelector('main')];
    if (isEdited(isGone ? 'form' : 'main form')) {
      offer(isGone);
    } else if (isScripted() || !main || !fresh) {
      location.reload();
    } else {
      digest = news.dataset.digest;
      document.title = page.title;
      exchange(main, document.adoptNode(fresh));
    }
  }

  function fetchPage() {
    const request = new XMLHttpRequest();
    request.open('GET', location.href.split('#')[0]);
    request.responseType = 'document';
    request.onload = () => {
      if (request.responseXML) show(request.responseXML, request.status === 404);
    };
    request.send();
  }

  notice.querySelector('button')?.addEventListener('click', () => location.reload());
  const events = new EventSource('/events');
  events.addEventListener('version', (event) => {
    if (event.data !== version) fetchPage();
  });
  window.addEventListener('pagehide', () => events.close());
})();
