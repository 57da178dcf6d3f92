'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const at = (id) => document.getElementById(id);

  // The contents are long: where there is little room, they wait to be opened.
  if (matchMedia('(max-width: 70rem)').matches) at('contents').open = false;
  all('.tools, .bar').forEach((bar) => { bar.hidden = false; });

  // Search: the rows, items and paragraphs that hold all words, each with the heading above it.
  const places = [];
  let heading = null;
  for (const node of all('h1, h2, h3, h4, h5, h6, p, li, tr, pre', document.querySelector('main'))) {
    if (/^H\d$/.test(node.tagName)) heading = node;
    if (node.parentElement.closest('li, tr') || node.closest('.bar')) continue;
    places.push({ node, heading, words: node.textContent.toLowerCase() });
  }
  let counter = 0;
  const search = () => {
    const wanted = at('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    const finds = wanted.length ? places.filter((place) => wanted.every((word) => place.words.includes(word))) : [];
    at('finds').replaceChildren(...finds.slice(0, 60).map((place) => {
      if (!place.node.id) place.node.id = `place-${++counter}`;
      const item = document.createElement('li');
      const link = document.createElement('a');
      const where = document.createElement('small');
      link.href = `#${place.node.id}`;
      const from = Math.max(0, place.words.indexOf(wanted[0]) - 40);
      const words = place.node.textContent.trim();
      link.textContent = (from ? '…' : '') + words.slice(from, from + 110) + (words.length > from + 110 ? '…' : '');
      where.textContent = place.heading ? place.heading.textContent.trim() : '';
      link.append(where);
      item.append(link);
      return item;
    }));
    const found = at('found');
    const { several, most, one, none } = found.dataset;
    const told = finds.length > 60 ? most : finds.length > 1 ? several : finds.length ? one : none;
    found.textContent = wanted.length ? told.replace('{0}', finds.length).replace('{1}', 60) : '';
    at('contents').toggleAttribute('data-gone', wanted.length > 0);
  };
  at('search').addEventListener('input', search);
  // What is led to may stand in something closed.
  const open = () => {
    const target = location.hash.length > 1 && at(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === 'DETAILS') node.open = true;
      node.removeAttribute('data-gone');
    }
    target.scrollIntoView();
  };
  addEventListener('hashchange', open);
  open();

  // Gaps: whatever has a status that is no gap goes away, and clauses that are left empty.
  const isGap = (node) => ['uncovered', 'partial'].includes(node.dataset.status);
  all('button[data-gaps]').forEach((button) => button.addEventListener('click', () => {
    const only = button.getAttribute('aria-pressed') !== 'true';
    all('button[data-gaps]').forEach((one) => one.setAttribute('aria-pressed', only));
    all('[data-status]').forEach((node) => node.toggleAttribute('data-gone', only && !isGap(node)));
    all('[data-clause]').forEach((node) => {
      node.toggleAttribute('data-gone', only && !all('[data-status]', node).some(isGap));
    });
  }));

  // Layers: elements that come from a layer which is not ticked go away.
  all('input[data-layer]').forEach((box) => box.addEventListener('change', () => {
    const shown = new Set(all('input[data-layer]').filter((one) => one.checked).map((one) => one.value));
    all('tr[data-of]').forEach((row) => row.toggleAttribute('data-gone', !shown.has(row.dataset.of)));
  }));

  // The matrix: clauses fold; a column sorts the rows of each clause, a second time as they were.
  all('.matrix table').forEach((table) => {
    const bodies = [...table.tBodies];
    bodies.forEach((body) => { body.written = [...body.rows]; });
    const fold = (body, folded) => {
      all('button', body.rows[0])[0].setAttribute('aria-expanded', !folded);
      body.written.slice(1).forEach((row) => { row.hidden = folded; });
    };
    bodies.forEach((body) => {
      const button = all('button', body.rows[0])[0];
      if (button) button.addEventListener('click', () => fold(body, button.getAttribute('aria-expanded') === 'true'));
    });
    const heads = all('thead th', table);
    const sort = (column) => {
      const by = column !== null && heads[column].getAttribute('aria-sort') !== 'descending' ? column : null;
      heads.forEach((head, number) => {
        if (number === by) head.setAttribute('aria-sort', 'descending'); else head.removeAttribute('aria-sort');
      });
      const rank = (row) => (row.cells[by]?.textContent.trim() ? 0 : 1);
      bodies.forEach((body) => {
        const [first, ...rows] = body.written;
        const sorted = by === null ? rows : [...rows].sort((a, b) => rank(a) - rank(b));
        body.append(first, ...sorted);
      });
    };
    heads.forEach((head, column) => all('button', head).forEach((button) => button.addEventListener('click', () => sort(column))));
    const tools = table.closest('section');
    all('button[data-fold]', tools).forEach((button) => button.addEventListener('click', () => {
      bodies.forEach((body) => { if (all('button', body.rows[0])[0]) fold(body, button.dataset.fold === 'all'); });
    }));
    addEventListener('beforeprint', () => {
      heads.forEach((head) => head.removeAttribute('aria-sort'));
      bodies.forEach((body) => { body.append(...body.written); if (all('button', body.rows[0])[0]) fold(body, false); });
    });
  });

  // Drawings: nearer and farther by buttons, or by plus and minus where the drawing has the focus; 0 fits it again.
  all('.drawing').forEach((frame) => {
    const svg = frame.querySelector('svg');
    const width = svg.viewBox.baseVal.width || svg.getBoundingClientRect().width;
    const ratio = (svg.viewBox.baseVal.height || 1) / width;
    let scale = 0;
    const zoom = (step) => {
      const now = scale || svg.getBoundingClientRect().width / width;
      scale = step === 0 ? 0 : Math.min(6, Math.max(0.1, now * step));
      frame.classList.toggle('zoomed', scale > 0);
      svg.style.width = scale ? `${width * scale}px` : '';
      svg.style.height = scale ? `${width * scale * ratio}px` : '';
    };
    const steps = { '+': 1.25, '=': 1.25, '-': 0.8, '0': 0 };
    frame.addEventListener('keydown', (event) => {
      if (!(event.key in steps) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      zoom(steps[event.key]);
    });
    all('button[data-zoom]', frame.parentElement).forEach((button) => button.addEventListener('click', () => zoom(Number(button.dataset.zoom))));
    addEventListener('beforeprint', () => zoom(0));
  });

  // Paper has contents and drawings; what else stands behind a click is for those who click.
  const folded = [at('contents'), ...all('details.drawn')];
  let were = [];
  addEventListener('beforeprint', () => {
    were = folded.map((one) => one.open);
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach((one, number) => { one.open = were[number]; }));
})();
