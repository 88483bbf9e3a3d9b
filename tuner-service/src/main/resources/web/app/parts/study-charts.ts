import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { t } from '../words';
import { figure, type Study } from '../wire';
import * as charts from '../charts/studies';
import type { Chart } from '../charts/chart-view';
import { readRanges, within, writeRanges, type Range } from '../charts/ranges';
import { wide } from './wide';
import '../charts/chart-view';
import './range-filter';

const PAUSE_MILLIS = 1500;
const MOST_LINKS = 60;
const NONE: Range[] = [];
/** A drag is over when the mouse has rested so long; browsers bound how often an address may change. */
const REST_MILLIS = 150;

/** The charts of one tab, read again while the study runs, at most every second and a half. */
export class StudyCharts extends Page {
  static properties = { ...Page.properties, now: { attribute: false }, tab: { attribute: false }, drawn: { state: true } };
  declare now: Study;
  declare tab: string;
  declare drawn: Chart[] | undefined;
  private points: charts.Point[] = [];
  private read = '';
  private lanes: string[] = [];
  private timer = 0;
  private resting = 0;
  private busy = false;

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('tab')) this.drawn = undefined;
    // What has been drawn holds until a trial ends, the tab or the choice in the address changes.
    const choice = new URLSearchParams(this.at.query);
    choice.delete('brush');
    const key = `${this.tab} ${this.now.id} ${this.now.finished} ${this.now.state} ${choice}`;
    if (key !== this.read) {
      const first = this.drawn === undefined || changes.has('at');
      this.read = key;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.load(), first ? 0 : PAUSE_MILLIS);
    }
  }

  disconnectedCallback() {
    window.clearTimeout(this.timer);
    window.clearTimeout(this.resting);
    super.disconnectedCallback();
  }

  private async load() {
    if (this.busy) {
      this.timer = window.setTimeout(() => void this.load(), PAUSE_MILLIS);
      return;
    }
    this.busy = true;
    const tab = this.tab;
    const drawn = await this.attempt(() => this.charts(tab));
    this.busy = false;
    if (tab === this.tab) this.drawn = drawn ?? this.drawn ?? [];
    else void this.load();
  }

  private async charts(tab: string): Promise<Chart[]> {
    const now = this.now;
    const ask = <T = any>(method: string, request: object = {}) => api.analysis<T>(method, now.id, request);
    if (tab === 'overview') {
      const histories = await Promise.all(now.objectives.map((_, objective) => ask('GetHistory', { objective })));
      const drawn = histories.map((h, i) => charts.history(now, h.points ?? [], i));
      const done = now.finished - now.pruned;
      // The history is there at once; importance may take the server a moment.
      this.drawn ??= drawn.slice();
      if (done > 1) {
        const importance = await ask('GetImportance', { method: this.method() });
        drawn.push(charts.importance(importance.importances ?? [], importance.method));
      }
      return drawn;
    }
    if (tab === 'curves') {
      const answer = await ask('GetCurves');
      return [charts.curves(answer.curves ?? [], charts.metricName(now), t('curves'))];
    }
    if (tab === 'timeline') {
      const entries: any[] = (await ask('GetTimeline')).entries ?? [];
      this.lanes = [...new Set(entries.map((entry) => charts.laneOf(entry, this.by())))].sort();
      return [charts.timeline(entries, this.by(), this.only())];
    }
    const points = ((await ask('GetPoints', { maxPoints: tab === 'parallel' ? 1000 : 2000 })).points ?? []) as charts.Point[];
    this.points = points;
    if (tab === 'parallel') return [charts.parallel(now, points)];
    if (tab === 'slice') return this.names().map((name) => charts.slice(now, points, name));
    if (tab === 'contour') {
      const [x, y] = [this.chosen('x', 0), this.chosen('y', 1)];
      return [charts.contour(now, points, x, y), charts.rank(now, points, x, y)];
    }
    if (tab === 'edf') {
      // The results are there at once; the bound may take the server a moment.
      this.drawn ??= [charts.distribution(now, points)];
      const bound = now.objectives.length === 1 ? await ask('GetTerminatorCurve') : {};
      const trace = (bound.points ?? []).map((p: any) => [p.trialNumber, Number(p.regretBound ?? 0)]);
      return [charts.distribution(now, points), ...(trace.length ? [charts.trace(t('regret'), t('regret'), trace)] : [])];
    }
    const pareto = await ask('GetParetoFront');
    const volume = (pareto.hypervolume ?? []).map((p: any) => [p.trialNumber, Number(p.hypervolume ?? 0)]);
    return [charts.pareto(now, points, pareto.front ?? []), charts.trace(t('hypervolume'), t('hypervolume'), volume)];
  }

  private names = () => this.now.space.filter((s) => !s.constant).map((s) => s.name);
  private method = () => this.at.query.get('method') ?? 'ped_anova';
  private by = (): charts.LaneOf => (this.at.query.get('by') === 'worker' ? 'worker' : 'replica');
  private only = () => this.at.query.get('only') ?? '';
  private chosen = (axis: string, fallback: number) =>
    this.at.query.get(axis) ?? this.names()[Math.min(fallback, this.names().length - 1)] ?? '';

  private choice(name: string, label: string, options: string[], now: string) {
    return html`<label>${label}
      <select @change=${(e: Event) => setQuery({ [name]: (e.target as HTMLSelectElement).value })}>
        ${options.map((o) => html`<option value=${o} ?selected=${o === now}>${o}</option>`)}
      </select></label>`;
  }

  /** By whom the timeline's lanes go, and one of them alone. */
  private laneChoices() {
    const change = (name: string) => (e: Event) =>
      setQuery({ ...(name === 'by' ? { only: '' } : {}), [name]: (e.target as HTMLSelectElement).value });
    return html`<label>${t('lanes')}
        <select name="by" @change=${change('by')}>
          <option value="replica" ?selected=${this.by() === 'replica'}>${t('byReplica')}</option>
          <option value="worker" ?selected=${this.by() === 'worker'}>${t('byWorker')}</option>
        </select></label>
      <label>${t(this.by() === 'replica' ? 'byReplica' : 'byWorker')}
        <select name="only" @change=${change('only')}>
          <option value="">${t('all')}</option>
          ${this.lanes.map((lane) => html`<option value=${lane} ?selected=${lane === this.only()}>${lane}</option>`)}
        </select></label>`;
  }

  private brushed(event: CustomEvent<Range[]>) {
    window.clearTimeout(this.resting);
    const brush = writeRanges(event.detail);
    this.resting = window.setTimeout(() => {
      if (brush !== writeRanges(this.ranges())) setQuery({ brush });
    }, REST_MILLIS);
  }

  /** What the parallel coordinates are filtered by, no further than trials go. */
  private ranges(): Range[] {
    if (this.tab !== 'parallel') return NONE;
    return readRanges(this.at.query.get('brush') ?? '').map(({ axis, low, high }) => {
      const places = this.points.map((point) => charts.place(this.now, point, axis)).filter((place) => !Number.isNaN(place));
      return { axis, low: Math.max(low, Math.min(...places)), high: Math.min(high, Math.max(...places)) };
    });
  }

  render() {
    const ranges = this.ranges();
    return html`${this.alert()}
      <div class="filters">
        ${this.tab === 'overview' ? this.choice('method', t('importance'), ['ped_anova', 'fanova'], this.method()) : nothing}
        ${this.tab === 'contour'
          ? html`${this.choice('x', 'x', this.names(), this.chosen('x', 0))} ${this.choice('y', 'y', this.names(), this.chosen('y', 1))}`
          : nothing}
        ${this.tab === 'timeline' ? this.laneChoices() : nothing}
      </div>
      ${this.drawn === undefined
        ? html`<p>${t('loading')}</p>`
        : html`<div class="charts ${this.tab}">
            ${this.drawn.map((chart) => html`<chart-view .chart=${chart} .ranges=${ranges} @brushed=${this.brushed}></chart-view>`)}
          </div>`}
      ${this.tab === 'parallel' && this.drawn ? this.selection(ranges) : nothing}
      ${this.tab === 'overview' ? this.tables() : nothing}`;
  }

  private selection(ranges: Range[]) {
    const done = this.points.filter((point) => !point.pruned);
    const picked = within(done, ranges, (point, axis) => charts.place(this.now, point, axis));
    return html`<p class="selection" aria-live="polite">${ranges.length === 0
        ? t('brushHint')
        : html`${t('selected', picked.length, done.length)}${picked.length ? ': ' : ''}
            ${picked.slice(0, MOST_LINKS).map((p) => html`<a href=${href(`studies/${this.now.id}/trials/${p.trialNumber}`)}>${p.trialNumber}</a> `)}
            ${picked.length > MOST_LINKS ? '…' : ''}`}</p>
      <range-filter .axes=${charts.axes(this.now)} .ranges=${readRanges(this.at.query.get('brush') ?? '')}></range-filter>`;
  }

  private tables() {
    const metric = charts.metricName(this.now);
    const several = this.now.confirmations.some((c) => (c.objectives ?? []).length > 1);
    return html`${this.now.confirmations.length
      ? html`<h2>${t('confirmations')}</h2>
          ${wide(t('confirmations'), html`<table class="confirmations"><thead><tr><th scope="col">${t('trial')}</th><th scope="col">${t('searchValue')}</th><th scope="col">${t('mean')} ${several ? '' : metric}</th>
            <th scope="col">${t('interval')}</th><th scope="col">${t('optimism')}</th><th scope="col">${t('seedsLeft')}</th></tr></thead>
          <tbody>${this.now.confirmations.map((c) => (c.objectives ?? [c]).map((o: any) => html`<tr>
            <td><a href=${href(c.trial)}>${c.trial.split('/').at(-1)}</a> ${several ? o.metric : ''}</td><td>${figure(o.selectedValue)}</td><td>${figure(o.mean)}</td>
            <td>${o.lower === undefined ? '–' : `${figure(o.lower)} – ${figure(o.upper)}`}</td><td>${figure(o.optimismGap)}</td><td class="open">${c.open ?? 0}</td></tr>`))}</tbody></table>`)}`
      : nothing}
    ${this.now.baselines.length
      ? html`<h2>${t('baselines')}</h2>
          ${wide(t('baselines'), html`<table><tbody>${this.now.baselines.map((b) => html`<tr><th scope="row">${b.name}</th>
            ${(b.metrics ?? []).slice(0, 6).map((m) => html`<td><small>${m.name}</small> ${figure(m.value ?? 0)}
              ${m.lower || m.upper ? html`<small>[${figure(m.lower ?? 0)}, ${figure(m.upper ?? 0)}]</small>` : nothing}</td>`)}</tr>`)}</tbody></table>`)}`
      : nothing}`;
  }
}
customElements.define('study-charts', StudyCharts);
