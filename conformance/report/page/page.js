'use strict';
// Shows the report that stands in the page (gzip, base64). Details are made when they are opened; before
// printing, those of what did not pass are opened.
let report;

async function unpack(base64) {
  const octets = Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0));
  const plain = new Blob([octets]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(plain).text());
}

const VERDICTS = ['PASS', 'WARN', 'FAIL', 'ERROR', 'INCONCLUSIVE', 'N/A', 'NOT RUN'];
const BAD = ['FAIL', 'ERROR', 'INCONCLUSIVE'];
const WORDS = {
  en: { title: 'Conformance report', cases: 'Cases', trace: 'Traceability', coverage: 'Coverage', mutants: 'Mutants',
    run: 'Run', card: 'Card', group: 'Group', search: 'Search', all: 'all', of: 'of', other: '中文', expected: 'expected',
    got: 'got', noclause: 'no clause', nogroup: 'no group', clause: 'Clause', case: 'Case', verdict: 'Verdict', purpose: 'Purpose',
    reached: 'reached', empty: 'empty', explained: 'with a reason', stale: 'stale', hole: 'hole', seed: 'seed', target: 'targets',
    died: 'died', survived: 'survived', killer: 'Killed by', reason: 'Reason', mutant: 'Mutant', atr: 'ATR', none: 'none here',
    destructive: 'destructive', harmless: 'leaves the card as it was' },
  zh: { title: '符合性测试报告', cases: '用例', trace: '追溯表', coverage: '覆盖', mutants: '变异卡', run: '运行', card: '卡',
    group: '分组', search: '搜索', all: '全部', of: '/', other: 'English', expected: '期望', got: '实际', noclause: '无条款',
    nogroup: '无分组', clause: '条款', case: '用例', verdict: '结论', purpose: '目的', reached: '已达到', empty: '空缺',
    explained: '有说明', stale: '说明过时', hole: '空缺', seed: '随机种子', target: '目标', died: '被发现', survived: '存活',
    killer: '发现者', reason: '原因', mutant: '变异', atr: '复位应答', none: '无', destructive: '会改变卡片',
    harmless: '不改变卡片' },
};
let language = (navigator.language || 'en').startsWith('zh') ? 'zh' : 'en';
const chosen = { verdicts: new Set(), card: '', group: '', text: '' };
const t = (word) => WORDS[language][word];
const $ = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') node.className = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== ''));
  return node;
}

const inLanguage = (item, name) => (language === 'zh' && item[name + '_zh']) || item[name] || '';
const titleOf = (test) => (language === 'zh' && test.title_zh) || test.title || test.purpose;
const css = (verdict) => verdict.replace(/[^A-Z]/g, '');

// The characters from the first to the last that differ, marked in both.
function marked(mine, other) {
  let start = 0;
  while (start < mine.length && mine[start] === other[start]) ++start;
  let end = 0;
  const most = Math.min(mine.length, other.length) - start;
  while (end < most && mine[mine.length - 1 - end] === other[other.length - 1 - end]) ++end;
  return [mine.slice(0, start), make('mark', {}, mine.slice(start, mine.length - end) || '∅'), mine.slice(mine.length - end)];
}

function compare(step) {
  return make('div', { class: 'compare' },
    make('span', {}, t('expected')), make('code', {}, ...marked(step.expected, step.got)),
    make('span', {}, t('got')), make('code', {}, ...marked(step.got, step.expected)));
}

function stepNode(step, file) {
  const place = (step.file || file).split('/').pop() + ':' + step.line;
  const node = make('div', { class: 'step ' + (step.outcome || ''), style: `margin-left:${(step.depth || 0) * 1.2}rem` },
    make('code', {}, step.element + ' ' + (step.text || '')), ' ', make('small', {}, place));
  for (const exchange of step.exchanges || []) {
    const text = exchange[language].trimEnd() + (exchange.note ? '\n# ' + exchange.note : '');
    node.append(make('pre', { class: 'exchange' }, text));
  }
  if (step.expected !== undefined) node.append(compare(step));
  else if (step.reason) node.append(make('div', {}, step.reason));
  return node;
}

function fill(details, test) {
  if (details.dataset.filled === language) return;
  details.dataset.filled = language;
  details.querySelector('.inside')?.remove();
  const about = [test.clause, test.group, test.file + ':' + test.line, t(test.destructive ? 'destructive' : 'harmless')];
  const inside = make('div', { class: 'inside' }, make('div', {}, test.purpose),
    make('div', { class: 'dim' }, about.filter(Boolean).join(' · ')));
  if (test.reason) inside.append(make('div', { class: 'reason' }, test.reason));
  inside.append(...test.steps.map((step) => stepNode(step, test.file)));
  details.append(inside);
}

function caseNode(test) {
  const details = make('details', { class: 'case ' + css(test.verdict), id: test.id + '/' + test.card },
    make('summary', {}, make('b', { class: 'verdict' }, test.verdict), make('code', {}, test.id),
      make('span', {}, test.card), make('span', {}, titleOf(test))));
  details.addEventListener('toggle', () => details.open && fill(details, test));
  return details;
}

const haystack = (test) => [test.id, test.card, test.title, test.purpose, test.title_zh, test.clause, test.group, test.reason,
  test.suite_title, test.suite_title_zh].join(' ').toLowerCase();

function isShown(test) {
  return (chosen.verdicts.size === 0 || chosen.verdicts.has(test.verdict)) &&
    (!chosen.card || test.card === chosen.card) && (!chosen.group || (test.group || '') === chosen.group) &&
    chosen.text.split(/\s+/).every((word) => haystack(test).includes(word));
}

function showCases() {
  const shown = report.cases.filter(isShown);
  const list = document.createDocumentFragment();
  let suite;
  for (const test of shown) {
    if (test.suite !== suite) {
      list.append(make('div', { class: 'suite' }, inLanguage(test, 'suite_title') + ' ', make('small', {}, test.file)));
    }
    suite = test.suite;
    list.append(caseNode(test));
  }
  $('cases').replaceChildren(list);
  $('shown').textContent = `${shown.length} ${t('of')} ${report.cases.length}`;
}

function options(select, values, value) {
  select.replaceChildren(make('option', { value: '' }, t('all')),
    ...values.map((one) => make('option', { value: one }, one)));
  select.value = value;
}

function showFilters() {
  const present = VERDICTS.filter((verdict) => report.totals[verdict] > 0);
  $('verdicts').replaceChildren(...present.flatMap((verdict) => [make('button', {
    type: 'button', 'data-verdict': verdict, 'aria-pressed': chosen.verdicts.has(verdict),
    onclick: () => {
      if (!chosen.verdicts.delete(verdict)) chosen.verdicts.add(verdict);
      showFilters();
      showCases();
    },
  }, `${verdict} ${report.totals[verdict]}`), ' ']));
  options($('card'), [...new Set(report.cases.map((test) => test.card))].sort(), chosen.card);
  options($('group'), [...new Set(report.cases.map((test) => test.group).filter(Boolean))].sort(), chosen.group);
}

function showSummary() {
  const tile = (name, count) => make('div', { class: 'tile ' + css(name) }, make('b', {}, String(count)), name);
  $('summary').replaceChildren(...VERDICTS.filter((verdict) => report.totals[verdict] > 0)
    .map((verdict) => tile(verdict, report.totals[verdict])));
  const run = report.run;
  $('identity').textContent = [`ssc ${run.version}`, run.started, `${t('target')} ${run.card_target} / ${run.psam_target}`,
    `${t('seed')} ${run.seed}`].filter(Boolean).join(' · ');
}

function table(head, rows) {
  return make('div', { class: 'wide' }, make('table', {},
    make('thead', {}, make('tr', {}, ...head.map((cell) => make('th', {}, ...[cell].flat())))), make('tbody', {}, ...rows)));
}
const row = (...cells) => make('tr', {}, ...cells.map((cell) => cell instanceof Node ? cell : make('td', {}, cell)));

// From published group and clause to case and verdicts, one line a case.
function showTrace() {
  const lines = new Map();
  for (const test of report.cases) {
    const line = lines.get(test.id) || { test, verdicts: [] };
    line.verdicts.push(`${test.verdict} (${test.card})`);
    lines.set(test.id, line);
  }
  const key = ({ test }) => [test.group || '\uffff', test.clause || '\uffff', test.id].join('\t');
  const sorted = [...lines.values()].sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
  $('tab-trace').replaceChildren(table([t('group'), t('clause'), t('case'), t('purpose'), t('verdict')],
    sorted.map(({ test, verdicts }) => row(test.group || t('nogroup'), test.clause || t('noclause'),
      make('td', {}, make('code', {}, test.id)), titleOf(test), verdicts.join(', ')))));
}

function matrixNode(matrix) {
  const head = ['', ...matrix.columns.map((name, i) => [name, make('br'), make('small', {}, matrix.column_notes[i] || '')])];
  const cell = ({ kind, text }) => make('td', { class: kind, title: text || '' },
    kind === 'reached' ? make('code', {}, text) : kind === 'empty' ? t('hole') : kind === 'none' ? '' : text);
  const count = { reached: 0, empty: 0, explained: 0, stale: 0 };
  for (const line of matrix.rows) for (const one of line.cells) if (one.kind in count) ++count[one.kind];
  const counted = Object.entries(count).map(([kind, number]) => `${number} ${t(kind)}`).join(', ');
  return make('div', { class: 'matrix' }, make('h2', {}, inLanguage(matrix, 'title') + ' ', make('small', {}, counted)),
    table(head, matrix.rows.map((line) => row(make('th', {}, inLanguage(line, 'name'), ' ', make('small', {}, line.clause || '')),
      ...line.cells.map(cell)))));
}

function showMutants() {
  const mutants = report.mutants || [];
  const died = mutants.filter((mutant) => mutant.killed_by).length;
  $('tab-mutants').replaceChildren(make('h2', {}, `${died} ${t('of')} ${mutants.length} ${t('died')}`),
    table([t('mutant'), t('group'), t('purpose'), t('clause'), t('verdict'), t('killer')],
      mutants.map((mutant) => row(make('td', {}, make('code', {}, mutant.id)), mutant.group, inLanguage(mutant, 'title'),
        mutant.clause || '', t(mutant.killed_by ? 'died' : 'survived'), mutant.killed_by || mutant.reason || ''))));
}

function showRun() {
  const fields = ['name', 'profile', 'version', 'cipher', 'area', 'key_set', 'atr', 'digest'];
  const { cards, ...facts } = report.run;
  $('tab-run').replaceChildren(table(['', ''], Object.entries(facts).map(([name, value]) => row(name, String(value)))),
    table(fields, cards.map((card) => row(...fields.map((field) => make('td', {}, make('code', {}, card[field])))))));
}

const tabs = () => ['cases', 'trace', 'coverage', 'mutants', 'run'].filter((name) => name === 'trace' || name in report);
let tab = 'cases';
function showTabs() {
  $('tabs').replaceChildren(...tabs().map((name) => make('button', {
    type: 'button', id: 'to-' + name, 'aria-selected': name === tab,
    onclick: () => { tab = name; showTabs(); },
  }, t(name))));
  for (const name of tabs()) $('tab-' + name).hidden = name !== tab;
}

function showAll() {
  document.documentElement.lang = language;
  document.title = t('title');
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  $('language').textContent = t('other');
  showSummary();
  showFilters();
  showTabs();
  showCases();
  showTrace();
  $('tab-coverage').replaceChildren(...(report.coverage || []).map(matrixNode));
  if (report.mutants) showMutants();
  showRun();
}

$('language').addEventListener('click', () => { language = language === 'en' ? 'zh' : 'en'; showAll(); });
$('card').addEventListener('change', (event) => { chosen.card = event.target.value; showCases(); });
$('group').addEventListener('change', (event) => { chosen.group = event.target.value; showCases(); });
$('search').addEventListener('input', (event) => { chosen.text = event.target.value.toLowerCase(); showCases(); });
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details.case')) {
    const verdict = details.querySelector('.verdict').textContent;
    if (BAD.includes(verdict)) details.open = true;
  }
});

unpack($('report').textContent).then((data) => {
  report = data;
  showAll();
  const bad = [...document.querySelectorAll('details.case')]
    .find((details) => BAD.includes(details.querySelector('.verdict').textContent));
  if (bad) bad.open = true;
  document.body.dataset.ready = 'yes';
});
