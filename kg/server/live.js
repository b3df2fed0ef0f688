// Follows the workspace: when a file is saved, the page shows what the server now says of it.
(() => {
  const own = document.currentScript;
  const notice = document.getElementById('kg-changed');
  let version = own.dataset.version;
  let digest = own.dataset.digest;

  /** Whether somebody has typed or chosen something here that a new page would lose. */
  function isEdited() {
    return [...document.querySelectorAll('main form')].some((form) =>
      [...form.elements].some((field) => {
        if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
        if (field.tagName === 'SELECT') return [...field.options].some((each) => each.selected && !each.defaultSelected && field.selectedIndex > 0);
        return 'defaultValue' in field && field.type !== 'hidden' && field.value !== field.defaultValue;
      }),
    );
  }

  /** Whether scripts of the page's own keep hold of what it shows. */
  const isScripted = () =>
    [...document.scripts].some((each) => each !== own && !('desk' in each.dataset) && each.type !== 'application/ld+json');

  /** The place of what has the focus among all that can have it, to be found again. */
  const focusable = (root) => [...root.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];

  function exchange(main, fresh) {
    const place = focusable(main).indexOf(document.activeElement);
    const opened = [...main.querySelectorAll('details')].map((each) => each.open);
    const { scrollX, scrollY } = window;
    main.replaceWith(fresh);
    [...fresh.querySelectorAll('details')].forEach((each, number) => {
      if (opened[number]) each.open = true;
    });
    if (place >= 0) focusable(fresh)[place]?.focus({ preventScroll: true });
    window.scrollTo(scrollX, scrollY);
  }

  function showFindings(page) {
    const old = document.getElementById('kg-findings');
    const fresh = page.getElementById('kg-findings');
    if (old?.textContent === fresh?.textContent) return;
    old?.remove();
    if (fresh) notice.before(document.adoptNode(fresh));
  }

  function show(page) {
    const news = page.querySelector('script[data-version]');
    if (!news) return;
    version = news.dataset.version;
    showFindings(page);
    if (news.dataset.digest === digest) return;
    const [main, fresh] = [document.querySelector('main'), page.querySelector('main')];
    if (isEdited()) {
      notice.hidden = false;
    } else if (isScripted() || !main || !fresh) {
      location.reload();
    } else {
      digest = news.dataset.digest;
      document.title = page.title;
      exchange(main, document.adoptNode(fresh));
      document.dispatchEvent(new CustomEvent('kg-refreshed'));
    }
  }

  function fetchPage() {
    const request = new XMLHttpRequest();
    request.open('GET', location.href.split('#')[0]);
    request.responseType = 'document';
    request.onload = () => request.response && show(request.response);
    request.send();
  }

  notice.querySelector('button').addEventListener('click', () => location.reload());
  const events = new EventSource('/events');
  events.addEventListener('version', (event) => {
    if (event.data !== version) fetchPage();
  });
  window.addEventListener('pagehide', () => events.close());
})();
