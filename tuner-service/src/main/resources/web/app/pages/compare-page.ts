import { html } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href } from '../route';
import { t } from '../words';
import { figure, lastPart, ofEverybody, valuesOf, type WireTrial } from '../wire';
import { curves, type Curve } from '../charts/studies';
import '../charts/chart-view';
import { curvesOf } from './trial-page';

const MOST = 6;

/** Up to six trials side by side. */
export class ComparePage extends Page {
  static properties = { ...Page.properties, study: { attribute: false }, list: { state: true }, lines: { state: true } };
  declare study: string;
  declare list: WireTrial[] | undefined;
  declare lines: Map<string, Curve[]>;

  constructor() {
    super();
    this.lines = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = `${t('compare')} · Ilteo`;
    const numbers = (this.at.query.get('trials') ?? '').split(',').filter((n) => /^\d+$/.test(n)).slice(0, MOST);
    void this.updateComplete.then(() => this.attempt(async () => {
      const list = await Promise.all(numbers.map((n) => api.getTrial(this.study, n)));
      const reports = await Promise.all(numbers.map((n) => api.measurements(this.study, n)));
      const lines = new Map<string, Curve[]>();
      numbers.forEach((n, i) => curvesOf(n, reports[i]).forEach((curve, metric) => lines.set(metric, [...(lines.get(metric) ?? []), curve])));
      this.lines = lines;
      this.list = list;
    }));
  }

  render() {
    const list = this.list ?? [];
    const values = list.map((trial) => valuesOf(trial.parameters));
    const metrics = list.map((trial) => Object.fromEntries((trial.metrics ?? []).map((m) => [m.name, Number(m.value ?? 0)])));
    const names = (rows: Record<string, unknown>[]) => [...new Set(rows.flatMap(Object.keys))];
    const row = (name: string, rows: Record<string, any>[]) => {
      const cells = rows.map((r) => figure(r[name]));
      const differs = new Set(cells).size > 1;
      return html`<tr class=${differs ? 'differs' : ''}><th scope="row">${name}</th>${cells.map((c) => html`<td class="figure">${c}</td>`)}</tr>`;
    };
    return html`<p><a href=${href(`studies/${this.study}/trials`)}>${t('trials')}</a></p><h1>${t('compare')}</h1>${this.alert()}
      <div class="scroll" tabindex="0" role="region" aria-label=${t('compare')}><table>
        <thead><tr><th scope="col">${t('trial')}</th>${list.map((trial) => html`<th scope="col" class="figure"><a href=${href(trial.name)}>${lastPart(trial.name)}</a></th>`)}</tr></thead>
        <tbody>${names(metrics).map((n) => row(n, metrics))}${names(values).map((n) => row(n, values))}</tbody>
      </table></div>
      <div class="charts two">${[...this.lines].filter(([metric]) => ofEverybody([...this.lines.keys()]).includes(metric)).map(([metric, found]) => html`<chart-view .chart=${curves(found, metric, metric)}></chart-view>`)}</div>`;
  }
}
customElements.define('compare-page', ComparePage);
