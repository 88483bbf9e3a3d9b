import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { t } from '../words';
import { figure, type Study } from '../wire';
import * as charts from '../charts/studies';
import type { Chart } from '../charts/chart-view';
import { wide } from './wide';
import '../charts/chart-view';

const PAUSE_MILLIS = 1500;

/** The charts of one tab, read again while the study runs, at most every second and a half. */
export class StudyCharts extends Page {
  static properties = { ...Page.properties, now: { attribute: false }, tab: { attribute: false }, drawn: { state: true }, picked: { state: true } };
  declare now: Study;
  declare tab: string;
  declare drawn: Chart[] | undefined;
  declare picked: charts.Point[];
  private points: charts.Point[] = [];
  private read = '';
  private lanes: string[] = [];
  private timer = 0;
  private busy = false;

  constructor() {
    super();
    this.picked = [];
  }

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('tab')) {
      this.drawn = undefined;
      this.picked = [];
    }
    // What has been drawn holds until a trial ends, the tab or the choice in the address changes.
    const key = `${this.tab} ${this.now.id} ${this.now.finished} ${this.now.state} ${this.at.query}`;
    if (key !== this.read) {
      const first = this.drawn === undefined || changes.has('at');
      this.read = key;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.load(), first ? 0 : PAUSE_MILLIS);
    }
  }

  disconnectedCallback() {
    window.clearTimeout(this.timer);
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

  private brushed(event: CustomEvent<number[]>) {
    const done = this.points.filter((p) => !p.pruned);
    this.picked = event.detail.length < done.length ? event.detail.map((i) => done[i]) : [];
  }

  render() {
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
            ${this.drawn.map((chart) => html`<chart-view .chart=${chart} @brushed=${this.brushed}></chart-view>`)}
          </div>`}
      ${this.picked.length ? this.selection() : nothing}
      ${this.tab === 'overview' ? this.tables() : nothing}`;
  }

  private selection() {
    return html`<p aria-live="polite">${t('selected', this.picked.length)}:
      ${this.picked.slice(0, 60).map(
        (p) => html`<a href=${href(`studies/${this.now.id}/trials/${p.trialNumber}`)}>${p.trialNumber}</a> `,
      )}</p>`;
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
