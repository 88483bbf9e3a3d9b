import { html, nothing } from 'lit';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { moment, t } from '../words';
import { figure, ofEverybody } from '../wire';
import * as charts from '../charts/evaluations';
import '../charts/chart-view';

const WAGE_BAND = 'wage_band=';

/** The record of one reading of the test fold: figures beside the baselines', and pictures of the errors. */
export class ModelEvaluation extends Page {
  static properties = { ...Page.properties, record: { attribute: false } };
  declare record: any;

  /** The figures of everybody, unless all are asked for: `rmse_sex_1` is one of `rmse` by group. */
  private names(rows: any[]): string[] {
    const ofIntervals = (name: string) => /^(coverage|width)_/.test(name);
    const all = [...new Set(rows.flatMap((r: any) => (r.metrics ?? []).map((m: any) => m.name)))] as string[];
    const whole = ofEverybody(all);
    return this.at.query.get('figures') === 'all' ? all : [...whole.filter((n) => !ofIntervals(n)), ...whole.filter(ofIntervals)];
  }

  private cell(score: any, name: string) {
    const m = (score.metrics ?? []).find((x: any) => x.name === name);
    if (!m) return '–';
    return html`${figure(Number(m.value ?? 0))} ${m.lower || m.upper ? html`<small>[${figure(Number(m.lower ?? 0))}, ${figure(Number(m.upper ?? 0))}]</small>` : nothing}`;
  }

  render() {
    const e = this.record;
    const rows = [e.model, ...(e.baselines ?? [])].filter(Boolean);
    const names = this.names(rows);
    const d = e.diagnostics ?? {};
    const groups: any[] = d.groups ?? [];
    const wageBands = groups.filter((g) => g.name.startsWith(WAGE_BAND));
    const error = groups[0]?.metrics?.find((m: any) => ['rmse', 'accuracy'].includes(m.name))?.name ?? groups[0]?.metrics?.[0]?.name ?? '';
    const drawn = [
      ...(d.observed?.length ? [charts.scatter(d)] : []),
      ...(wageBands.length ? [{ ...charts.bands(wageBands, 'bias'), title: t('residuals') }] : []),
      ...(d.confusion?.length ? [charts.confusion(d)] : []),
      ...(d.reliabilityCount?.length ? [charts.reliability(d)] : []),
      ...(groups.length ? [charts.bands(groups, error)] : []),
    ];
    const all = this.at.query.get('figures') === 'all';
    return html`<p>${moment(e.evaluateTime)} · ${t('readOnce', Number(e.testSequences).toLocaleString(), Number(e.testPersons).toLocaleString())}
        · <a href=${href(e.study ?? '')}>${e.study}</a></p>
      <label class="check"><input type="checkbox" .checked=${all} @change=${() => setQuery({ figures: all ? '' : 'all' })} />${t('allMetrics')}</label>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('evaluation')}><table class="dense">
        <thead><tr><th scope="col">${t('model')}</th>${names.map((n) => html`<th scope="col">${n}</th>`)}</tr></thead>
        <tbody>${rows.map((r: any) => html`<tr><th scope="row">${r.name}</th>${names.map((n) => html`<td>${this.cell(r, n)}</td>`)}</tr>`)}
          ${(e.differences ?? []).map((r: any) => html`<tr class="differs"><th scope="row">${t('difference')}: ${r.name}</th>${names.map((n) => html`<td>${this.cell(r, n)}</td>`)}</tr>`)}</tbody>
      </table></div>
      <div class="charts two">${drawn.map((chart) => html`<chart-view .chart=${chart}></chart-view>`)}</div>`;
  }
}
customElements.define('model-evaluation', ModelEvaluation);
